import { addressOf } from './address.ts';
import type { Asset, AssetDraft, AssetEvent } from './asset.ts';
import { checkDraft } from './draft-rules.ts';
import { done, type Result, refused } from './refusal.ts';
import type { Tenant } from './tenant.ts';

/** Who writes, when, and the tenant's assumptions that matter to writing. */
export interface WriteContext {
  readonly memberId: number;
  readonly now: number;
  readonly rules: {
    readonly autoPublishEvents: '40-then-43' | '40-only';
    readonly noopUpdateEvent: '41' | 'none';
    readonly typeLockedWhilePublished: boolean;
  };
}

/** What a write leaves behind. */
export interface Written {
  readonly asset: Asset;
  readonly events: readonly AssetEvent[];
}

/** Creates an asset (B160); with `autoPublish` and an address it is published at once (B166, B167). */
export function createAsset(
  tenant: Tenant,
  order: { draft: AssetDraft; autoPublish: boolean; context: WriteContext },
): Result<Written> {
  const { draft, autoPublish, context } = order;
  const refusals = checkDraft(tenant, { draft, assetId: null });
  if (refusals.length > 0) return refused(...refusals);
  const id = tenant.assets.takeId();
  const parent = draft.parentId === null ? undefined : tenant.assets.get(draft.parentId);
  const created: Asset = {
    ...draft,
    id,
    published: null,
    publishedBy: null,
    deleted: null,
    sortOrder: id * 1000,
    districts: parent?.districts ?? [...tenant.reference.districts.keys()].slice(0, 1),
    skills: [],
    workTypes: [],
    checkLists: [],
    activeTasks: 0,
  };
  const publishes = autoPublish && addressOf(created, tenant.assets) !== null;
  const asset = tenant.assets.put(
    publishes ? { ...created, published: context.now, publishedBy: context.memberId } : created,
  );
  const events = [{ eventId: 40, asset }];
  if (publishes && context.rules.autoPublishEvents === '40-then-43') events.push({ eventId: 43, asset });
  return done({ asset, events });
}

/** Replaces every field a single write sets (B170). */
export function updateAsset(
  tenant: Tenant,
  order: { asset: Asset; draft: AssetDraft; context: WriteContext },
): Result<Written> {
  const { asset: before, draft, context } = order;
  if (before.deleted !== null) return refused({ kind: 'deleted-entity', entity: 'Asset', id: before.id });
  const refusals = checkDraft(tenant, { draft, assetId: before.id });
  if (refusals.length > 0) return refused(...refusals);
  const typeChanges = before.typeId !== draft.typeId;
  if (typeChanges && before.published !== null && context.rules.typeLockedWhilePublished) {
    return refused({ kind: 'forbidden-by-rule', rule: 'type-locked' });
  }
  const asset = tenant.assets.put({ ...before, ...draft });
  const unchanged = JSON.stringify(before) === JSON.stringify(asset);
  const silent = unchanged && context.rules.noopUpdateEvent === 'none';
  return done({ asset, events: silent ? [] : [{ eventId: 41, asset }] });
}
