import type { Asset } from '../domain/asset.ts';
import { refusePublishing } from '../domain/publishing.ts';
import type { SingleAction } from './scenario.ts';
import type { TrafficWorld } from './world.ts';

/** Whether an action may be done to an asset now, so that nobody edits what is gone or publishes what is published. */
export function isEligible(
  asset: Asset,
  subject: { action: Exclude<SingleAction, 'create'>; world: TrafficWorld },
): boolean {
  const { action, world } = subject;
  const { tenant } = world;
  if (action === 'restore') return asset.deleted !== null;
  if (asset.deleted !== null) return false;
  switch (action) {
    case 'edit':
      return true;
    case 'publish':
      return asset.published === null && refusePublishing(tenant, asset) === undefined;
    case 'unpublish':
      return asset.published !== null;
    case 'delete':
      // Sites stay: their equipment would hang in the air.
      return asset.activeTasks === 0 && tenant.assets.children(asset.id).every(({ deleted }) => deleted !== null);
    default:
      return action satisfies never;
  }
}
