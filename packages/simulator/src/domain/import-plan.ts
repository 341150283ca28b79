import type { Asset } from './asset.ts';
import { longestErpId } from './draft-rules.ts';
import { matchRows } from './import-matching.ts';
import { chooseParents, type ParentChoice } from './import-parents.ts';
import type { ImportRow, ImportRules, RowFault, RowProblem } from './import-row.ts';
import { fold, NameIndex } from './name-index.ts';
import type { Person } from './reference-data.ts';
import { rowsInOneStep, type Steps } from './steps.ts';
import type { Tenant } from './tenant.ts';

/** «Все виды работ»: every kind of work, present and future (B248). */
export const allWorkTypes = 'Все виды работ';

/** What a row will do. Nothing is written yet. */
export interface PlannedRow {
  readonly row: ImportRow;
  /** undefined for a new asset. */
  readonly asset: Asset | undefined;
  readonly parent: ParentChoice;
  readonly typeId: number;
  /** `all`, an id, or undefined when the row says nothing. */
  readonly workType: 'all' | number | null | undefined;
  readonly responsibleId: number | null | undefined;
}

/** The plan of an import; with faults nothing of it may be carried out (B240). */
export interface ImportPlan {
  readonly rows: readonly PlannedRow[];
  readonly faults: readonly RowFault[];
}

/** Looks every row up in the tenant: asset, parent, type, work type, person (B239, B242, B245, B248). `assets` are those the caller sees. */
export function* planImport(
  tenant: Tenant,
  order: { rows: readonly ImportRow[]; assets: readonly Asset[]; rules: ImportRules },
): Steps<ImportPlan> {
  const { rows, rules } = order;
  const assets = concerned(order);
  yield;
  const { types, workTypes, people } = tenant.reference;
  const typesByName = new NameIndex(types.values(), ({ name }) => name);
  const workTypesByName = new NameIndex(workTypes.values(), ({ name }) => name);
  const peopleByName = new NameIndex(people.values(), fullName);
  const matches = yield* matchRows(tenant, { rows, assets, matching: rules.importMatching });
  const parents = yield* chooseParents(tenant, { rows, assets, matches, emptyCell: rules.importEmptyCell });
  const faults: RowFault[] = [];
  const planRow = (row: ImportRow, index: number): PlannedRow => {
    const fault = (field: RowFault['field'], problem: RowProblem): undefined => {
      faults.push({ row: row.number, field, problem });
    };
    if (row.erpId && row.erpId.length > longestErpId) fault('erpId', 'too-long');
    const parent = parents[index] ?? { kind: 'kept' };
    if (parent.kind === 'fault') fault('parent', parent.problem);
    const asset = matches[index];
    const typeId = typesByName.find(row.type)?.id ?? fault('type', 'unknown-type') ?? 0;
    const workType = lookUp(row.workType, (name) =>
      fold(name) === fold(allWorkTypes)
        ? 'all'
        : (workTypesByName.find(name)?.id ?? fault('workType', 'unknown-work-type')),
    );
    // Two people may share a name; who is in charge now stays so.
    const current = asset?.responsibleId == null ? undefined : people.get(asset.responsibleId);
    const responsibleId = lookUp(row.responsible, (name) =>
      current && fold(fullName(current)) === fold(name)
        ? current.id
        : (peopleByName.find(name)?.id ?? fault('responsible', 'unknown-person')),
    );
    return { row, asset, parent, typeId, workType, responsibleId };
  };
  const planned: PlannedRow[] = [];
  for (const [index, row] of rows.entries()) {
    if (index % rowsInOneStep === 0) yield;
    planned.push(planRow(row, index));
  }
  return { rows: planned, faults };
}

/** Only assets that a row may mean by name or ErpID, as itself or as its parent: a large tenant is walked once. */
function concerned({ rows, assets }: { rows: readonly ImportRow[]; assets: readonly Asset[] }): readonly Asset[] {
  const names = new Set(
    rows.flatMap(({ name, parent }) => (parent == null ? [fold(name)] : [fold(name), fold(parent)])),
  );
  const erpIds = new Set(rows.flatMap(({ erpId }) => (erpId == null ? [] : [fold(erpId)])));
  return assets.filter(({ name, erpId }) => names.has(fold(name)) || (erpId !== null && erpIds.has(fold(erpId))));
}

/** Surname first, as the template writes people. */
export function fullName({ lastName, firstName, middleName }: Person): string {
  return [lastName, firstName, middleName].filter((part) => part !== '').join(' ');
}

function lookUp<T>(name: string | null | undefined, find: (name: string) => T): T | null | undefined {
  return name == null ? name : find(name);
}
