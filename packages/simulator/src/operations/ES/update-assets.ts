import type { AssetMassUpdate } from '@hubex-kit/contract';
import { editAssets, type ListName, type MassEdit } from '../../domain/mass-edit.ts';
import { findAssets } from '../../domain/named-assets.ts';
import type { Operation } from '../operation.ts';

/** B173-B177, B179, B189, B209, B211. */
export const updateAssets: Operation<'updateAssets'> = ({ tenant, member, body, now, switches, announce }) => {
  const found = findAssets({ tenant, member }, body.assets);
  if (!found.ok) return { kind: 'refused', refusals: found.refusals };
  const result = editAssets(tenant, {
    assets: found.value,
    edit: readEdit(body),
    memberId: member.id,
    now,
    publishEvents: switches.massPublishEvents,
  });
  if (!result.ok) return { kind: 'refused', refusals: result.refusals };
  announce(result.value);
  return { kind: 'accepted' };
};

function readEdit(body: AssetMassUpdate): MassEdit {
  return {
    fields: {
      ...(body.assetClassID != null && { classId: body.assetClassID }),
      ...(body.assetTypeID != null && { typeId: body.assetTypeID }),
      ...(body.companyID != null && { companyId: body.companyID }),
      ...(body.parentID != null && { parentId: body.parentID }),
      ...(body.responsiblePersonID != null && { responsibleId: body.responsiblePersonID }),
      ...(body.scheduleRuleID != null && { scheduleRuleId: body.scheduleRuleID }),
      ...(body.isMobileAsset != null && { isMobile: body.isMobileAsset }),
    },
    lists: {
      ...listEdit('districts', [body.addedDistricts, body.deletedDistricts]),
      ...listEdit('skills', [body.addedSkills, body.deletedSkills]),
      ...listEdit('workTypes', [body.addedWorkTypes, body.deletedWorkTypes]),
      ...listEdit('checkLists', [body.addedCheckLists, body.deletedCheckLists]),
    },
    isPublished: body.isPublished ?? undefined,
  };
}

type Ids = readonly number[] | null | undefined;

function listEdit(name: ListName, [added, deleted]: readonly [Ids, Ids]): MassEdit['lists'] {
  return added || deleted ? { [name]: { added: added ?? [], deleted: deleted ?? [] } } : {};
}
