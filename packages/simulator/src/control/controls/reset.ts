import type { ControlDefinition } from '../control-definition.ts';

/** The tenant is as its seed made it. */
export interface WasReset {
  readonly reset: true;
}

/** Puts a tenant back to its seed. */
export const reset: ControlDefinition<Record<never, never>, Promise<WasReset>> = {
  method: 'POST',
  path: '/reset',
  summary:
    'Put the tenant back to its seed: state, ids, tokens, webhooks, switches, rate limits, faults, journal. Nothing arrives afterwards.',
  returns: 'reset, when the last delivery under way has ended',
  input: {},
  examples: [{}],
  async run(world) {
    await world.reset();
    return { reset: true };
  },
};
