import type { TenantWorld } from './tenant-world.ts';

/** What a move of the clock came to. */
export interface Moved {
  /** Moments at which something fell due. */
  readonly moments: number;
  /** False when the tenant was reset or restored meanwhile: its time is that of the other state then. */
  readonly isComplete: boolean;
}

/**
 * Moves a tenant's time forward to what `until` says when it begins, moment by moment: what falls due runs, and time goes on only when the
 * calls it caused have been answered. A clock that was real is real again afterwards, at a distance from the host's.
 */
export function advance(world: TenantWorld, order: { until: () => number; patience: number }): Promise<Moved> {
  return world.moves.take(() => move(world, order));
}

async function move(world: TenantWorld, order: { until: () => number; patience: number }): Promise<Moved> {
  const { clock, era } = world;
  const { patience } = order;
  const until = order.until();
  const mode = clock.mode;
  clock.setMode('virtual');
  let moments = 0;
  await world.quiet(patience);
  while (world.era === era && clock.step(until)) {
    moments++;
    await world.quiet(patience);
  }
  if (world.era !== era) return { moments, isComplete: false };
  clock.set(until);
  clock.setMode(mode);
  return { moments, isComplete: true };
}
