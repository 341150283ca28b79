import { sees } from '../../domain/visibility.ts';
import type { Operation } from '../operation.ts';
import { listOfTexts } from '../outcome.ts';
import { assetRowText } from './asset-list-item.ts';
import { searchTest } from './search-text.ts';

/** B197. */
export const listChildAssets: Operation<'listChildAssets'> = ({ tenant, member, path, query }) => {
  const visible = sees(member, tenant.assets);
  const matches = query.searchText ? searchTest(query.searchText) : () => true;
  const children = tenant.assets
    .children(path.parentAssetID)
    .filter((asset) => asset.deleted === null && visible(asset) && matches(asset));
  return listOfTexts(children, (asset) => assetRowText(asset, tenant));
};
