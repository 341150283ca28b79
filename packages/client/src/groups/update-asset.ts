import type { AssetDetails, AssetUpdate } from '@hubex-kit/contract';
import { HubexError } from '../error.ts';
import type { CallOptions } from '../send/typed.ts';
import type { AssetsGroup } from './assets.ts';

/** Fields that HubEx takes but never gives back (facts §7.5). */
const unreadable = ['isSkipForEscalation', 'isStopEscalation'] as const;

/** What an update could not preserve. */
export interface UpdatedAsset {
  /** Fields that HubEx has set to false because nobody could know what they were; empty when the change named them. */
  readonly lost: readonly (typeof unreadable)[number][];
}

/**
 * Changes some fields of an asset: reads it, puts the change over what is there and replaces the whole, since HubEx empties what is
 * left out (B170). Somebody else's change between the two calls is overwritten: HubEx offers no guard against that.
 */
export async function updateAsset(
  assets: Pick<AssetsGroup, 'get' | 'replace'>,
  { id, change, ...options }: { readonly id: number; readonly change: Partial<AssetUpdate> } & CallOptions,
): Promise<UpdatedAsset> {
  const asset = await assets.get(id, options);
  if (!asset) {
    const message = `assets.update: there is no asset ${id}, or the API user may not see it.`;
    throw new HubexError('hubex/not-found', message, { operationId: 'updateAsset' });
  }
  await assets.replace(id, { ...toUpdate(asset), ...change }, options);
  return { lost: unreadable.filter((name) => change[name] === undefined) };
}

/** What is read under one name is written under another. */
function toUpdate(asset: AssetDetails): AssetUpdate {
  const { name, erpID, serialNumber, notes, warrantyTill, positionOnSchema } = asset;
  const fields = {
    ...{ name, erpID, serialNumber, notes, warrantyTill, positionOnSchema },
    assetClassID: asset.assetClass?.id,
    assetTypeID: asset.assetType?.id,
    companyID: asset.company?.id,
    parentID: asset.parentID ?? asset.parent?.id,
    responsiblePerson: asset.responsiblePerson?.userID,
    scheduleRuleID: asset.scheduleRule?.id,
    // An address that is the host's would become the asset's own.
    locationID: asset.isHostLocation ? undefined : asset.location?.id,
    isInheritParentDistricts: asset.isInheritParentDistricts,
    isMobileAsset: asset.isMobileAsset,
    useAllWorkTypes: asset.useAllWorkTypes,
  };
  // Nothing is sent for what is not there; every name left is one of AssetUpdate, with the type the asset has it in.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null)) as AssetUpdate;
}
