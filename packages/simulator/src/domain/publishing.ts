import { addressOf } from './address.ts';
import type { Asset, AssetEvent } from './asset.ts';
import { done, type Refusal, type Result, refused } from './refusal.ts';
import type { Tenant } from './tenant.ts';

/** Publishes (43) or unpublishes (44) an asset; a repetition does nothing or is refused (B190-B193). */
export function setPublished(
  tenant: Tenant,
  order: { asset: Asset; published: boolean; memberId: number; now: number; repeated: 'accepted' | 'already-done' },
): Result<readonly AssetEvent[]> {
  const { asset, published } = order;
  if (asset.deleted !== null) return refused({ kind: 'deleted-entity', entity: 'Asset', id: asset.id });
  if ((asset.published !== null) === published) {
    if (order.repeated === 'accepted') return done([]);
    return refused({ kind: 'already-done', what: published ? 'publish' : 'unpublish' });
  }
  const obstacle = published ? refusePublishing(tenant, asset) : undefined;
  if (obstacle) return refused(obstacle);
  return done([switchPublished(tenant, { asset, published, memberId: order.memberId, now: order.now })]);
}

/** A hostable type needs an address before it is published (B191). */
export function refusePublishing(tenant: Tenant, asset: Asset): Refusal | undefined {
  const isHostable = tenant.reference.types.get(asset.typeId)?.isHostable ?? false;
  if (!isHostable || addressOf(asset, tenant.assets) !== null) return undefined;
  return { kind: 'forbidden-by-rule', rule: 'host-needs-address' };
}

/** Changes the state without further questions and returns the event. */
export function switchPublished(
  tenant: Tenant,
  order: { asset: Asset; published: boolean; memberId: number; now: number },
): AssetEvent {
  const state = order.published
    ? { published: order.now, publishedBy: order.memberId }
    : { published: null, publishedBy: null };
  return { eventId: order.published ? 43 : 44, asset: tenant.assets.put({ ...order.asset, ...state }) };
}
