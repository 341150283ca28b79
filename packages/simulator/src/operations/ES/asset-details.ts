import type { Asset } from '../../domain/asset.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { type Json, withoutEmpty } from '../outcome.ts';
import { assetView, named, pathOf, time } from './asset-view.ts';

/** An asset by id (B172, B212): references as objects, escalation flags and isAutoPublish not readable. */
export function assetDetails(asset: Asset, tenant: Tenant): Json {
  const { reference, assets } = tenant;
  const parent = asset.parentId === null ? undefined : assets.get(asset.parentId);
  const person = asset.responsibleId === null ? undefined : reference.people.get(asset.responsibleId);
  return withoutEmpty({
    ...assetView(asset, tenant),
    assetClass: named(reference.classes.get(asset.classId)),
    assetType: typeView(asset.typeId, tenant),
    notes: asset.notes,
    isInheritParentDistricts: asset.inheritsDistricts,
    isMobileAsset: asset.isMobile,
    parent:
      parent &&
      withoutEmpty({
        id: parent.id,
        name: parent.name,
        deleted: time(parent.deleted),
        assetType: typeView(parent.typeId, tenant),
      }),
    path: pathOf(asset, tenant),
    positionOnSchema: positionView(asset),
    publishedBy: asset.publishedBy,
    responsiblePerson:
      person &&
      withoutEmpty({
        userID: person.id,
        firstName: person.firstName,
        lastName: person.lastName,
        middleName: person.middleName,
        email: person.email,
        isEmailVerified: true,
        phone1: person.phone,
      }),
    scheduleRule: named(asset.scheduleRuleId === null ? undefined : reference.scheduleRules.get(asset.scheduleRuleId)),
  });
}

function typeView(typeId: number, tenant: Tenant): Json | null {
  const type = tenant.reference.types.get(typeId);
  return type ? { id: type.id, name: type.name, isHostable: type.isHostable } : null;
}

function positionView(asset: Asset): Json | null {
  if (!asset.position) return null;
  const { schemaId, x, y } = asset.position;
  return withoutEmpty({ schemaID: schemaId, x, y, isNotSet: x === null || y === null });
}
