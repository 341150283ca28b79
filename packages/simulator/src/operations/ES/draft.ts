import type { AssetAdd, AssetUpdate } from '@hubex-kit/contract';
import type { AssetDraft } from '../../domain/asset.ts';
import { done, type Refusal, type Result, refused } from '../../domain/refusal.ts';
import { readTime } from '../time.ts';

/** A single write as the domain wants it; absent booleans are false, absent values empty (B161, B163, B164). */
export function readDraft(body: AssetAdd | AssetUpdate): Result<AssetDraft> {
  const { name, companyID, assetTypeID, assetClassID, positionOnSchema } = body;
  if (name == null || companyID == null || assetTypeID == null || assetClassID == null) {
    return refused(...missing({ name, companyID, assetTypeID, assetClassID }));
  }
  return done({
    name,
    companyId: companyID,
    typeId: assetTypeID,
    classId: assetClassID,
    parentId: body.parentID ?? null,
    locationId: body.locationID ?? null,
    erpId: body.erpID ?? null,
    serialNumber: body.serialNumber ?? null,
    notes: body.notes ?? null,
    responsibleId: body.responsiblePerson ?? null,
    scheduleRuleId: body.scheduleRuleID ?? null,
    warrantyTill: body.warrantyTill == null ? null : readTime(body.warrantyTill),
    useAllWorkTypes: body.useAllWorkTypes ?? false,
    isMobile: body.isMobileAsset ?? false,
    inheritsDistricts: body.isInheritParentDistricts ?? false,
    skipsEscalation: body.isSkipForEscalation ?? false,
    stopsEscalation: body.isStopEscalation ?? false,
    position: positionOnSchema
      ? { schemaId: positionOnSchema.schemaID ?? null, x: positionOnSchema.x ?? null, y: positionOnSchema.y ?? null }
      : null,
  });
}

function missing(fields: Readonly<Record<string, unknown>>): readonly Refusal[] {
  return Object.keys(fields)
    .filter((field) => fields[field] == null)
    .map((field) => ({ kind: 'missing', field }));
}
