import { type Address, addressOf } from '../../domain/address.ts';
import type { Asset } from '../../domain/asset.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { type Json, withoutEmpty } from '../outcome.ts';
import { zoneless } from '../time.ts';

/** What every view of an asset has in common (B071, B074, B194). */
export function assetView(asset: Asset, tenant: Tenant): Json {
  const address = addressOf(asset, tenant.assets);
  return {
    id: asset.id,
    name: asset.name,
    parentID: asset.parentId,
    company: named(tenant.reference.companies.get(asset.companyId)),
    erpID: asset.erpId,
    serialNumber: asset.serialNumber,
    deleted: time(asset.deleted),
    published: time(asset.published),
    warrantyTill: time(asset.warrantyTill),
    useAllWorkTypes: asset.useAllWorkTypes,
    sortOrder: asset.sortOrder,
    ...(address ? addressView(address, tenant) : {}),
  };
}

/** The way from the root to the asset itself (B203). */
export function pathOf(asset: Asset, tenant: Tenant): readonly Json[] {
  return [asset, ...tenant.assets.ancestors(asset)].reverse().map(({ id, name }) => ({ id, name }));
}

/** Null stays null, so that withoutEmpty leaves it out. */
export function time(value: number | null): string | null {
  return value === null ? null : zoneless(value);
}

/** {id, name} of a reference, or null for none. */
export function named(item: { readonly id: number; readonly name: string } | undefined): Json | null {
  return item ? { id: item.id, name: item.name } : null;
}

function addressView({ host, locationId }: Address, tenant: Tenant): Json {
  const place = tenant.reference.locations.get(locationId);
  return {
    isHostLocation: host !== null,
    location:
      place &&
      withoutEmpty({
        id: place.id,
        address: place.address,
        coordinate: place.latitude === null || place.longitude === null ? null : `${place.latitude}:${place.longitude}`,
        description: place.description,
        country: { id: 1, name: 'Россия', twoSymbolCode: 'RU' },
        timeZone: { id: 3, name: 'Москва', utcOffsetMinutes: 180 },
      }),
    host:
      host && withoutEmpty({ id: host.id, name: host.name, deleted: time(host.deleted), location: { id: locationId } }),
    hostAsset: host && withoutEmpty({ id: host.id, name: host.name, deleted: time(host.deleted) }),
  };
}
