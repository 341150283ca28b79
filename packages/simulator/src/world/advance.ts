import type { TenantWorld } from './tenant-world.ts';

/**
 * Moves a tenant's time to `until`, moment by moment: what falls due runs, and time goes on only when the calls it caused have been answered.
 * A clock that was real is real again afterwards, at a distance from the host's. Returns how many moments there were.
 */
export async function advance(
  world: TenantWorld,
  { until, patience }: { until: number; patience: number },
): Promise<number> {
  const { clock } = world;
  const mode = clock.mode;
  clock.setMode('virtual');
  let moments = 0;
  await world.quiet(patience);
  while (clock.step(until)) {
    moments++;
    await world.quiet(patience);
  }
  clock.set(until);
  clock.setMode(mode);
  return moments;
}
