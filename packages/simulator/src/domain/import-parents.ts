import type { Asset } from './asset.ts';
import type { ImportRow, RowProblem } from './import-row.ts';
import { fold } from './name-index.ts';
import { rowsInOneStep, type Steps } from './steps.ts';
import type { Tenant } from './tenant.ts';

/** Where a row's asset will hang: as it does now, nowhere, below an asset, or below another row's asset. */
export type ParentChoice =
  | { readonly kind: 'kept' }
  | { readonly kind: 'none' }
  | { readonly kind: 'asset'; readonly asset: Asset }
  | { readonly kind: 'row'; readonly index: number }
  | { readonly kind: 'fault'; readonly problem: RowProblem };

/** Chooses each row's parent by name (B245): rows of the file before assets, the same company before others. */
export function* chooseParents(
  tenant: Tenant,
  order: {
    rows: readonly ImportRow[];
    assets: readonly Asset[];
    matches: readonly (Asset | undefined)[];
    emptyCell: 'kept' | 'cleared';
  },
): Steps<readonly ParentChoice[]> {
  const { rows, assets, matches, emptyCell } = order;
  const rowsByName = positions(rows, ({ name }) => name);
  const assetsByName = positions(assets, ({ name }) => name);
  const companies = tenant.reference.companies;
  const choose = (row: ImportRow, index: number): ParentChoice => {
    if (row.parent === undefined || (row.parent === null && emptyCell === 'kept')) return { kind: 'kept' };
    if (row.parent === null) return { kind: 'none' };
    const name = fold(row.parent);
    const match = matches[index];
    const current = match?.parentId == null ? undefined : tenant.assets.get(match.parentId);
    if (current && fold(current.name) === name) return { kind: 'kept' };
    const company = fold(row.company);
    const others = (rowsByName.get(name) ?? []).filter((other) => other !== index);
    const near = others.find((other) => fold(rows[other]?.company ?? '') === company);
    if (near !== undefined) return { kind: 'row', index: near };
    const known = (assetsByName.get(name) ?? []).flatMap((at) => assets[at] ?? []).filter((asset) => asset !== match);
    const asset =
      known.find(({ companyId }) => fold(companies.get(companyId)?.name ?? '') === company) ??
      (others.length === 0 ? known[0] : undefined);
    if (asset) return { kind: 'asset', asset };
    const [far] = others;
    if (far !== undefined) return { kind: 'row', index: far };
    return { kind: 'fault', problem: fold(row.name) === name ? 'own-parent' : 'unknown-parent' };
  };
  const choices: ParentChoice[] = [];
  for (const [index, row] of rows.entries()) {
    if (index % rowsInOneStep === 0) yield;
    choices.push(choose(row, index));
  }
  return refuseCircles(tenant, { choices, matches });
}

/** A row from which the way up leads back to itself is at fault. */
function refuseCircles(
  tenant: Tenant,
  order: { choices: readonly ParentChoice[]; matches: readonly (Asset | undefined)[] },
): readonly ParentChoice[] {
  const { choices, matches } = order;
  const rowOf = new Map(matches.flatMap((asset, index) => (asset ? [[asset.id, index] as const] : [])));
  // A row goes by its index, an asset that is in no row by its id below zero.
  const nodeOf = (assetId: number | null | undefined): number | undefined =>
    assetId == null ? undefined : (rowOf.get(assetId) ?? -assetId);
  const above = (node: number): number | undefined => {
    if (node < 0) return nodeOf(tenant.assets.get(-node)?.parentId);
    const choice = choices[node];
    switch (choice?.kind) {
      case 'kept':
        return nodeOf(matches[node]?.parentId);
      case 'asset':
        return nodeOf(choice.asset.id);
      case 'row':
        return choice.index;
      default:
        return undefined;
    }
  };
  // Nodes from which the root is reached are not walked twice: a chain of 2000 rows costs 2000 steps.
  const safe = new Set<number>();
  return choices.map((choice, index) => {
    const way = new Set<number>();
    for (let node: number | undefined = index; node !== undefined && !safe.has(node); node = above(node)) {
      if (way.has(node)) return node === index ? { kind: 'fault', problem: 'circle' } : choice;
      way.add(node);
    }
    for (const node of way) safe.add(node);
    return choice;
  });
}

function positions<T>(items: readonly T[], nameOf: (item: T) => string): ReadonlyMap<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [index, item] of items.entries()) {
    const name = fold(nameOf(item));
    const list = found.get(name);
    if (list) list.push(index);
    else found.set(name, [index]);
  }
  return found;
}
