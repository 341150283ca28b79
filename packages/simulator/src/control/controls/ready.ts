import type { ControlDefinition } from '../control-definition.ts';

/** Whose HubEx this is. */
export interface Ready {
  readonly ready: true;
  readonly tenantId: number;
  readonly seed: number;
}

/** Tells that the server is up. */
export const ready: ControlDefinition<Record<never, never>, Ready> = {
  method: 'GET',
  path: '/ready',
  summary: 'Tell whether the server is up, and for which tenant.',
  returns: 'ready, the id of the tenant and its seed',
  input: {},
  examples: [{}],
  run: (world) => ({ ready: true, tenantId: world.id, seed: world.beginning.seed }),
};
