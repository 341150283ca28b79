import type { Asset } from './asset.ts';
import type { ImportRow, ImportRules } from './import-row.ts';
import { fold } from './name-index.ts';
import { rowsInOneStep, type Steps } from './steps.ts';
import type { Tenant } from './tenant.ts';

/** Finds the asset each row stands for, by row index; undefined for a new one. No asset stands for two rows (B242). */
export function* matchRows(
  tenant: Tenant,
  order: { rows: readonly ImportRow[]; assets: readonly Asset[]; matching: ImportRules['importMatching'] },
): Steps<readonly (Asset | undefined)[]> {
  const { rows, assets, matching } = order;
  const found: (Asset | undefined)[] = rows.map(() => undefined);
  if (matching === 'never') return found;
  const keys = keysOf(tenant);
  const byErpId = group(assets, ({ erpId }) => (erpId === null ? [] : [fold(erpId)]));
  const byName = group(assets, (asset) => [keys.any(asset), keys.below(asset)]);
  const taken = new Set<Asset>();
  const take = (candidates: readonly Asset[] | undefined, prefer: (asset: Asset) => boolean): Asset | undefined => {
    const free = candidates?.filter((asset) => !taken.has(asset)) ?? [];
    const asset = free.find(prefer) ?? free[0];
    if (asset) taken.add(asset);
    return asset;
  };
  const byErp = matching === 'erp-id-then-name';
  // Rows that name an ErpID choose first, so that a namesake without one cannot take their asset.
  for (const [index, row] of rows.entries()) {
    if (index % rowsInOneStep === 0) yield;
    if (byErp && row.erpId) {
      const key = keys.ofRow(row);
      found[index] = take(
        byErpId.get(fold(row.erpId)),
        (asset) => keys.any(asset) === key || keys.below(asset) === key,
      );
    }
  }
  for (const [index, row] of rows.entries()) {
    if (index % rowsInOneStep === 0) yield;
    if (found[index]) continue;
    const candidates = byName.get(keys.ofRow(row));
    const usable = byErp && row.erpId ? candidates?.filter(({ erpId }) => erpId === null) : candidates;
    found[index] = take(usable, ({ erpId }) => (erpId === null) === !row.erpId);
  }
  return found;
}

interface Keys {
  /** Name and company. */
  any(asset: Asset): string;
  /** Name, company and parent, or their lack of one. */
  below(asset: Asset): string;
  /** The same of a row; without a parent column any parent will do. */
  ofRow(row: ImportRow): string;
}

function keysOf({ reference, assets }: Tenant): Keys {
  const key = (...parts: readonly string[]): string => parts.map(fold).join('\u0000');
  const company = ({ companyId }: Asset): string => reference.companies.get(companyId)?.name ?? '';
  return {
    any: (asset) => key(asset.name, company(asset)),
    below: (asset) =>
      key(asset.name, company(asset), asset.parentId === null ? '' : (assets.get(asset.parentId)?.name ?? '')),
    ofRow: ({ name, company, parent }) =>
      parent === undefined ? key(name, company) : key(name, company, parent ?? ''),
  };
}

function group(assets: readonly Asset[], keysOf: (asset: Asset) => readonly string[]): ReadonlyMap<string, Asset[]> {
  const groups = new Map<string, Asset[]>();
  for (const asset of assets) {
    for (const key of keysOf(asset)) {
      const members = groups.get(key);
      if (members) members.push(asset);
      else groups.set(key, [asset]);
    }
  }
  return groups;
}
