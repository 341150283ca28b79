import type { ControlDefinition } from '../control-definition.ts';

/** What to begin with. */
export const seedFields = {
  seed: { kind: 'integer', doc: 'the same seed gives the same tenant; left out: as before' },
  assets: { kind: 'integer', least: 0, most: 1_000_000, doc: 'assets to start with; left out: as before' },
} as const;

/** What a tenant begins with. */
export interface Seeded {
  readonly seed: number;
  readonly assets: number;
}

/** Begins a tenant anew, from another seed. */
export const seed: ControlDefinition<typeof seedFields, Promise<Seeded>> = {
  method: 'POST',
  path: '/seed',
  summary: 'Begin the tenant anew from another seed or size; a later reset comes back to it.',
  returns: 'seed and assets',
  input: seedFields,
  examples: [{ seed: 7, assets: 5_000 }],
  async run(world, { seed: number = world.beginning.seed, assets = world.beginning.assets }) {
    await world.reset({ ...world.beginning, seed: number, assets });
    return { seed: number, assets };
  },
};
