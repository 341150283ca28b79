import type { AssetDetails, AssetListItem } from '@hubex-kit/contract';

/** An asset as both a list and a single read show it: the one shape in which sync hands it out, however it was read. */
export type AssetState = Pick<AssetListItem & AssetDetails, (typeof shared)[number]>;

/** Fields that a list row and the single asset have in common (facts §7.4, §7.5). */
const shared = [
  'id',
  'name',
  'parentID',
  'company',
  'erpID',
  'serialNumber',
  'deleted',
  'published',
  'warrantyTill',
  'useAllWorkTypes',
  'isHostLocation',
  'sortOrder',
  'location',
  'host',
  'hostAsset',
] as const;

/** Leaves out what only one of the two shows, and what is empty: HubEx leaves that out itself, or sends null. */
export function toState(asset: AssetListItem | AssetDetails): AssetState {
  const fields = asset as AssetListItem & AssetDetails; // the shared fields are in both
  return Object.fromEntries(
    shared.flatMap((name) => (fields[name] == null ? [] : [[name, fields[name]]])),
  ) as AssetState; // id is always there, the source has looked
}
