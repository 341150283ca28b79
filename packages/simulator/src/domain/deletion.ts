import type { Asset, AssetEvent } from './asset.ts';
import { refuseDeleted } from './named-assets.ts';
import { done, type Refusal, type Result, refused } from './refusal.ts';
import type { Tenant } from './tenant.ts';

/** How far a deletion or restoration reaches: the named assets only, or everything below them too. */
export type Reach = 'named' | 'with-descendants';

/** Marks assets as deleted, one 42 each (B180, B182-B184); an asset with active tasks refuses them all (B210). */
export function deleteAssets(
  tenant: Tenant,
  order: { assets: readonly Asset[]; reach: Reach; now: number; activeTasks: 'refused' | 'allowed' },
): Result<readonly AssetEvent[]> {
  const refusals: Refusal[] = [...refuseDeleted(order.assets)];
  const targets = reachOf(tenant, order).filter(({ deleted }) => deleted === null);
  if (order.activeTasks === 'refused' && targets.some(({ activeTasks }) => activeTasks > 0)) {
    refusals.push({ kind: 'forbidden-by-rule', rule: 'active-task' });
  }
  if (refusals.length > 0) return refused(...refusals);
  return done(targets.map((asset) => ({ eventId: 42, asset: tenant.assets.put({ ...asset, deleted: order.now }) })));
}

/** Takes the mark away again; `eventId` is what each restored asset causes, null for nothing (B185, B186). */
export function restoreAssets(
  tenant: Tenant,
  order: { assets: readonly Asset[]; reach: Reach; eventId: number | null },
): readonly AssetEvent[] {
  const targets = reachOf(tenant, order).filter(({ deleted }) => deleted !== null);
  const restored = targets.map((asset) => tenant.assets.put({ ...asset, deleted: null }));
  const { eventId } = order;
  return eventId === null ? [] : restored.map((asset) => ({ eventId, asset }));
}

/** The named assets, each followed by its descendants if the reach asks for them; nobody twice. */
function reachOf(tenant: Tenant, order: { assets: readonly Asset[]; reach: Reach }): readonly Asset[] {
  if (order.reach === 'named') return order.assets;
  const all = order.assets.flatMap((asset) => [asset, ...tenant.assets.descendants(asset.id)]);
  return [...new Map(all.map((asset) => [asset.id, asset])).values()];
}
