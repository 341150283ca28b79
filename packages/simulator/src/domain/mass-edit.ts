import type { Asset, AssetEvent } from './asset.ts';
import { checkParent } from './draft-rules.ts';
import { refuseDeleted } from './named-assets.ts';
import { refusePublishing, switchPublished } from './publishing.ts';
import { done, type Entity, type Refusal, type Result, refused } from './refusal.ts';
import type { Tenant } from './tenant.ts';

/** One edit for many assets; a field that is left out stays as it is (B173). */
export interface MassEdit {
  readonly fields: Partial<
    Pick<Asset, 'classId' | 'typeId' | 'companyId' | 'parentId' | 'responsibleId' | 'scheduleRuleId' | 'isMobile'>
  >;
  /** Ids to add to and take from each list (B177). */
  readonly lists: Readonly<
    Partial<Record<ListName, { readonly added: readonly number[]; readonly deleted: readonly number[] }>>
  >;
  readonly isPublished: boolean | undefined;
}

/** The lists of an asset that a mass edit reaches. */
export type ListName = 'districts' | 'skills' | 'workTypes' | 'checkLists';

/** Edits assets: 41 each, 43 or 44 each whose published state changes (B173-B177, B179). All or nothing (B189). */
export function editAssets(
  tenant: Tenant,
  order: {
    assets: readonly Asset[];
    edit: MassEdit;
    memberId: number;
    now: number;
    publishEvents: 'published-only' | 'published-and-changed';
  },
): Result<readonly AssetEvent[]> {
  const { assets, edit, memberId, now } = order;
  const edited = assets.map((asset) => ({ ...asset, ...edit.fields, ...editLists(asset, edit) }));
  const refusals = [...refuseDeleted(assets), ...checkEdit(tenant, { assets: edited, edit })];
  if (refusals.length > 0) return refused(...refusals);
  const editsFields = Object.keys(edit.fields).length > 0 || Object.keys(edit.lists).length > 0;
  const events: AssetEvent[] = [];
  for (const asset of edited) {
    const written = editsFields ? tenant.assets.put(asset) : asset;
    const flips = edit.isPublished !== undefined && (written.published !== null) !== edit.isPublished;
    if (editsFields || edit.isPublished === undefined || (flips && order.publishEvents === 'published-and-changed')) {
      events.push({ eventId: 41, asset: written });
    }
    if (flips)
      events.push(switchPublished(tenant, { asset: written, published: edit.isPublished === true, memberId, now }));
  }
  return done(events);
}

function editLists(asset: Asset, edit: MassEdit): Partial<Pick<Asset, ListName>> {
  const changed: { [name in ListName]?: readonly number[] } = {};
  for (const name of ['districts', 'skills', 'workTypes', 'checkLists'] as const) {
    const change = edit.lists[name];
    if (change)
      changed[name] = [...new Set([...asset[name].filter((id) => !change.deleted.includes(id)), ...change.added])];
  }
  return changed;
}

function checkEdit(tenant: Tenant, subject: { assets: readonly Asset[]; edit: MassEdit }): readonly Refusal[] {
  const { fields, isPublished } = subject.edit;
  const { companies, types, classes, people, scheduleRules } = tenant.reference;
  const refusals: Refusal[] = [];
  const references: readonly [Entity, ReadonlyMap<number, unknown>, number | null | undefined][] = [
    ['Company', companies, fields.companyId],
    ['AssetType', types, fields.typeId],
    ['AssetClass', classes, fields.classId],
    ['User', people, fields.responsibleId],
    ['ScheduleRule', scheduleRules, fields.scheduleRuleId],
  ];
  for (const [entity, known, id] of references) {
    if (id != null && !known.has(id)) refusals.push({ kind: 'unknown-entity', entity, id });
  }
  for (const asset of subject.assets) {
    if (fields.parentId !== undefined) {
      const parent = checkParent(tenant, { parentId: fields.parentId, assetId: asset.id });
      if (parent) refusals.push(parent);
    }
    const obstacle = isPublished === true && asset.published === null ? refusePublishing(tenant, asset) : undefined;
    if (obstacle) refusals.push(obstacle);
  }
  return refusals;
}
