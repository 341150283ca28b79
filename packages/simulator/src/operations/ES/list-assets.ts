import type { Operation } from '../operation.ts';
import { list, listOfTexts } from '../outcome.ts';
import { assetListItem, assetRowText } from './asset-list-item.ts';
import { selectAssets } from './asset-selection.ts';

/** B063, B181, B199, B201-B208. */
export const listAssets: Operation<'listAssets'> = (call) => {
  const selection = selectAssets(call);
  if (!selection.ok) return { kind: 'refused', refusals: selection.refusals };
  const { tenant, query } = call;
  const extras = { path: query.includePath ?? false, taskActuality: query.includeTaskActuality ?? false };
  if (!extras.path && !extras.taskActuality)
    return listOfTexts(selection.value, (asset) => assetRowText(asset, tenant));
  return list(selection.value, { key: ({ id }) => id, render: (asset) => assetListItem(asset, { tenant, extras }) });
};
