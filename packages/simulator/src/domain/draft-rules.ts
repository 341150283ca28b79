import type { AssetDraft } from './asset.ts';
import type { Entity, Refusal } from './refusal.ts';
import type { Tenant } from './tenant.ts';

/** The longest erpID HubEx takes (B162). */
export const longestErpId = 64;

/** Checks the references and limits of a draft; `assetId` is null for a new asset (B161-B165, B209). */
export function checkDraft(tenant: Tenant, subject: { draft: AssetDraft; assetId: number | null }): readonly Refusal[] {
  const { draft, assetId } = subject;
  const { companies, types, classes, locations, people, scheduleRules } = tenant.reference;
  const refusals: Refusal[] = [];
  if (draft.name.trim() === '') refusals.push({ kind: 'missing', field: 'name' });
  if (draft.erpId !== null && draft.erpId.length > longestErpId) {
    refusals.push({ kind: 'invalid', field: 'erpID', problem: `at most ${longestErpId} characters` });
  }
  const references: readonly [Entity, ReadonlyMap<number, unknown>, number | null][] = [
    ['Company', companies, draft.companyId],
    ['AssetType', types, draft.typeId],
    ['AssetClass', classes, draft.classId],
    ['Location', locations, draft.locationId],
    ['User', people, draft.responsibleId],
    ['ScheduleRule', scheduleRules, draft.scheduleRuleId],
  ];
  for (const [entity, known, id] of references) {
    if (id !== null && !known.has(id)) refusals.push({ kind: 'unknown-entity', entity, id });
  }
  const parent = checkParent(tenant, { parentId: draft.parentId, assetId });
  return parent ? [...refusals, parent] : refusals;
}

/** A parent exists, is not deleted and is not the asset itself or below it (B165, B209). */
export function checkParent(
  tenant: Tenant,
  subject: { parentId: number | null; assetId: number | null },
): Refusal | undefined {
  const { parentId, assetId } = subject;
  if (parentId === null) return undefined;
  const parent = tenant.assets.get(parentId);
  if (!parent) return { kind: 'unknown-entity', entity: 'Asset', id: parentId };
  if (parent.deleted !== null) return { kind: 'deleted-entity', entity: 'Asset', id: parentId };
  const line = [parent, ...tenant.assets.ancestors(parent)];
  if (assetId !== null && line.some(({ id }) => id === assetId))
    return { kind: 'forbidden-by-rule', rule: 'own-ancestor' };
  return undefined;
}
