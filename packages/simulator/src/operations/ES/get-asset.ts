import { sees } from '../../domain/visibility.ts';
import type { Operation } from '../operation.ts';
import { assetDetails } from './asset-details.ts';

/** B085, B180, B199, B212: a deleted asset is still readable by id. */
export const getAsset: Operation<'getAsset'> = ({ tenant, member, path }) => {
  const asset = tenant.assets.get(path.assetID);
  if (!asset || !sees(member, tenant.assets)(asset)) return { kind: 'nothing' };
  return { kind: 'found', value: assetDetails(asset, tenant) };
};
