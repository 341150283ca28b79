import type { ControlDefinition } from '../control-definition.ts';

/** Puts a tenant back to its seed. */
export const reset: ControlDefinition<Record<never, never>, Promise<{ readonly reset: true }>> = {
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
