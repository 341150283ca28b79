import { sees } from '../../domain/visibility.ts';
import { sheetNames, templateSheet } from '../IMPORT/asset-template.ts';
import type { Operation } from '../operation.ts';
import { workbooksMissing } from '../workbooks-missing.ts';
import { assetCells } from './asset-cells.ts';

/** Assets one export holds: a bound of the mock, which tells when it cuts. */
const mostAssets = 50_000;

/** B260-B262. */
export const exportAssets: Operation<'exportAssets'> = async (call) => {
  const { tenant, member, query, language, now, warn, workbooks } = call;
  if (!workbooks) return workbooksMissing;
  const assets = query.noData ? [] : tenant.assets.live().filter(sees(member, tenant.assets));
  if (assets.length > mostAssets) warn('B262', `${assets.length} assets were cut to ${mostAssets}`);
  const data = assets.slice(0, mostAssets).map((asset) => assetCells(asset, { tenant, language }));
  const bytes = await workbooks.write([templateSheet(language, data)], { modified: now });
  return { kind: 'file', bytes, name: `${sheetNames[language]}.xlsx` };
};
