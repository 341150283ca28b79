import { createRandomness } from '../randomness.ts';
import { Herd } from './herd.ts';
import type { SavedRun } from './saved-run.ts';
import type { TrafficWorld, Worker } from './world.ts';

/** Puts somebody to work in a tenant, or somebody who goes on from where another one was. */
export function hire(world: TrafficWorld, { seed, from }: { seed: number; from: SavedRun | undefined }): Worker {
  // Not the stream that made the tenant, which has the same seed more often than not.
  const randomness = createRandomness(seed ^ 0x7472_6166);
  const [member] = world.tenant.members.values();
  if (!member) throw new Error('The tenant has no member who could act.');
  const herd = new Herd(world.tenant.assets, randomness, from?.herd);
  if (from) randomness.load(from.randomness);
  return { world, randomness, member, herd };
}
