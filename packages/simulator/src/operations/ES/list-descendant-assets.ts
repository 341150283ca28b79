import { sees } from '../../domain/visibility.ts';
import type { Operation } from '../operation.ts';
import { listOfTexts } from '../outcome.ts';
import { assetRowText } from './asset-list-item.ts';

/** B198. */
export const listDescendantAssets: Operation<'listDescendantAssets'> = ({ tenant, member, path }) => {
  const visible = sees(member, tenant.assets);
  const below = tenant.assets
    .descendants(path.parentAssetID)
    .filter((asset) => asset.deleted === null && visible(asset));
  return listOfTexts(below, (asset) => assetRowText(asset, tenant));
};
