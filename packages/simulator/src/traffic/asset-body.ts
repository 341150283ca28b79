import type { AssetUpdate } from '@hubex-kit/contract';
import type { Asset } from '../domain/asset.ts';
import { zoneless } from '../operations/time.ts';

/** An asset as the body of an update: HubEx replaces the whole record (B170), so everything is said again. */
export function assetBody(asset: Asset): AssetUpdate {
  const { position } = asset;
  return {
    name: asset.name,
    companyID: asset.companyId,
    assetTypeID: asset.typeId,
    assetClassID: asset.classId,
    parentID: asset.parentId,
    locationID: asset.locationId,
    erpID: asset.erpId,
    serialNumber: asset.serialNumber,
    notes: asset.notes,
    responsiblePerson: asset.responsibleId,
    scheduleRuleID: asset.scheduleRuleId,
    warrantyTill: asset.warrantyTill === null ? null : zoneless(asset.warrantyTill),
    useAllWorkTypes: asset.useAllWorkTypes,
    isMobileAsset: asset.isMobile,
    isInheritParentDistricts: asset.inheritsDistricts,
    isSkipForEscalation: asset.skipsEscalation,
    isStopEscalation: asset.stopsEscalation,
    ...(position && { positionOnSchema: { schemaID: position.schemaId, x: position.x, y: position.y } }),
  };
}
