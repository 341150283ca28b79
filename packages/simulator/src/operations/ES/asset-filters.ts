import type { Asset } from '../../domain/asset.ts';
import type { Tenant } from '../../domain/tenant.ts';
import type { QueryOf } from '../operation.ts';
import { readTime } from '../time.ts';

/** The filters of a list; a count takes a part of them. */
export type AssetFilters = Partial<QueryOf<'listAssets'>>;

/** Whether an asset stays in the list. */
export type Test = (asset: Asset) => boolean;

/** Accepted without effect: the simulator holds no such data (B208). */
const notModelled = ['tag', 'contactID', 'contractID', 'attributeValues', 'taskTypeID', 'isAssigned'] as const;

/** Filters by id: what they must exist in, and how an asset matches (B206). */
const byId: readonly {
  readonly name: keyof AssetFilters;
  readonly known: (tenant: Tenant) => { has(id: number): boolean };
  readonly matches: (asset: Asset, id: number) => boolean;
}[] = [
  { name: 'parentID', known: knownAssets, matches: (asset, id) => asset.parentId === id },
  { name: 'assetID', known: knownAssets, matches: (asset, id) => asset.id === id },
  { name: 'companyID', known: ({ reference }) => reference.companies, matches: (asset, id) => asset.companyId === id },
  { name: 'assetTypeID', known: ({ reference }) => reference.types, matches: (asset, id) => asset.typeId === id },
  { name: 'assetClassID', known: ({ reference }) => reference.classes, matches: (asset, id) => asset.classId === id },
  {
    name: 'responsiblePerson',
    known: ({ reference }) => reference.people,
    matches: (asset, id) => asset.responsibleId === id,
  },
  {
    name: 'districtID',
    known: ({ reference }) => reference.districts,
    matches: (asset, id) => asset.districts.includes(id),
  },
  { name: 'skillID', known: ({ reference }) => reference.skills, matches: (asset, id) => asset.skills.includes(id) },
  {
    name: 'workTypeID',
    known: ({ reference }) => reference.workTypes,
    matches: (asset, id) => asset.workTypes.includes(id),
  },
  {
    name: 'checkListID',
    known: ({ reference }) => reference.checkLists,
    matches: (asset, id) => asset.checkLists.includes(id),
  },
];

function knownAssets({ assets }: Tenant): { has(id: number): boolean } {
  return { has: (id) => assets.get(id) !== undefined };
}

/** The tests a query asks for (B083, B205-B208). */
export function filterTests(
  query: AssetFilters,
  context: { tenant: Tenant; outsideDomain: 'ignored' | 'empty'; warn: (behaviour: string, text: string) => void },
): readonly Test[] {
  const tests: Test[] = [];
  for (const name of notModelled)
    if (query[name] != null) context.warn('B208', `the filter ${name} has no effect in the mock`);
  for (const { name, known, matches } of byId) {
    const id = query[name];
    if (typeof id !== 'number') continue;
    if (name === 'parentID' && id === -1) continue;
    if (known(context.tenant).has(id)) tests.push((asset) => matches(asset, id));
    else if (context.outsideDomain === 'empty') tests.push(() => false);
    else context.warn('B083', `the filter ${name}=${id} names nothing in this tenant and was ignored`);
  }
  return [...tests, ...flagTests(query), ...textTests(query), ...rangeTests(query)];
}

function flagTests({ isPublished, needForAllowedTasks, isMobile, hasSchema }: AssetFilters): readonly Test[] {
  const tests: Test[] = [];
  if (isPublished != null) tests.push(({ published }) => (published !== null) === isPublished);
  if (needForAllowedTasks) tests.push(({ published }) => published !== null);
  if (isMobile != null) tests.push((asset) => asset.isMobile === isMobile);
  if (hasSchema != null) tests.push(({ position }) => (position !== null) === hasSchema);
  return tests;
}

function textTests({ name, erpID }: AssetFilters): readonly Test[] {
  const tests: Test[] = [];
  if (name) tests.push((asset) => asset.name.toLowerCase().includes(name.toLowerCase()));
  if (erpID) tests.push(({ erpId }) => erpId === erpID);
  return tests;
}

function rangeTests({ warrantyFrom, warrantyTill, startWithAssetID }: AssetFilters): readonly Test[] {
  const tests: Test[] = [];
  if (warrantyFrom != null)
    tests.push((asset) => asset.warrantyTill !== null && asset.warrantyTill >= readTime(warrantyFrom));
  if (warrantyTill != null)
    tests.push((asset) => asset.warrantyTill !== null && asset.warrantyTill <= readTime(warrantyTill));
  if (startWithAssetID != null) tests.push(({ id }) => id >= startWithAssetID);
  return tests;
}
