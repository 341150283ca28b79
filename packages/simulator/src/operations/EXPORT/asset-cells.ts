import type { Asset } from '../../domain/asset.ts';
import { allWorkTypes, fullName } from '../../domain/import-plan.ts';
import type { Tenant } from '../../domain/tenant.ts';
import type { CellValue } from '../../workbooks.ts';
import { columns, type Language, yesAndNo } from '../IMPORT/asset-template.ts';

/** The cells of an asset, in the order of the template's columns. Only its own address: an inherited one would become its own on import. */
export function assetCells(asset: Asset, context: { tenant: Tenant; language: Language }): readonly CellValue[] {
  const { reference, assets } = context.tenant;
  const place = asset.locationId === null ? undefined : reference.locations.get(asset.locationId);
  const person = asset.responsibleId === null ? undefined : reference.people.get(asset.responsibleId);
  const { yes, no } = yesAndNo[context.language];
  const [firstDistrict, firstWorkType] = [asset.districts[0], asset.workTypes[0]];
  const cells: Readonly<Record<string, CellValue | undefined>> = {
    Name: asset.name,
    CompanyName: reference.companies.get(asset.companyId)?.name,
    AssetTypeName: reference.types.get(asset.typeId)?.name,
    AssetClassName: reference.classes.get(asset.classId)?.name,
    DistrictName: firstDistrict === undefined ? null : reference.districts.get(firstDistrict)?.name,
    WorkTypeName: asset.useAllWorkTypes
      ? allWorkTypes
      : firstWorkType === undefined
        ? null
        : reference.workTypes.get(firstWorkType)?.name,
    ParentAssetName: asset.parentId === null ? null : assets.get(asset.parentId)?.name,
    LocationAddress: place?.address,
    LocationDescription: place?.description,
    LocationLatitude: place?.latitude,
    LocationLongitude: place?.longitude,
    ResponsiblePersonFullName: person && fullName(person),
    IsMobileAsset: asset.isMobile ? yes : no,
    LocationTimezoneNameRu: place && 'Москва',
    LocationCountryNameRu: place && 'Россия',
    SerialNumber: asset.serialNumber,
    ErpID: asset.erpId,
    Notes: asset.notes,
  };
  return columns.map(({ code }) => cells[code] ?? null);
}
