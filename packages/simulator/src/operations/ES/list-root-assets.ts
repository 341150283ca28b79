import { sees } from '../../domain/visibility.ts';
import type { Operation } from '../operation.ts';
import { listOfTexts } from '../outcome.ts';
import { assetRowText } from './asset-list-item.ts';

/** B196. */
export const listRootAssets: Operation<'listRootAssets'> = ({ tenant, member }) => {
  const visible = sees(member, tenant.assets);
  const roots = tenant.assets.live().filter((asset) => {
    const parent = asset.parentId === null ? undefined : tenant.assets.get(asset.parentId);
    return visible(asset) && !(parent && parent.deleted === null && visible(parent));
  });
  return listOfTexts(roots, (asset) => assetRowText(asset, tenant));
};
