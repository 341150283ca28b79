import type { ImportRow, RowFault, RowProblem } from '../../domain/import-row.ts';
import { plain } from '../../domain/name-index.ts';
import { rowsInOneStep, type Steps } from '../../domain/steps.ts';
import type { CellValue, Sheet } from '../../workbooks.ts';
import { type Column, columns, firstDataRow, yesAndNo } from './asset-template.ts';

/** The rows of a sheet with what is wrong in them by themselves, before anything is looked up. */
export interface ReadRows {
  readonly rows: readonly ImportRow[];
  readonly faults: readonly RowFault[];
  /** Columns with data that the mock does not hold (B249). */
  readonly unheld: readonly Column[];
}

/** Whether a row holds anything at all; blank ones are skipped (B233). */
export function isBlank(row: readonly CellValue[]): boolean {
  return row.every((cell) => cell === null || (typeof cell === 'string' && cell.trim() === ''));
}

/** Reads the cells of every row that is not blank (B238, B246, B247). */
export function* readRows(sheet: Sheet, places: ReadonlyMap<Column, number>): Steps<ReadRows> {
  const faults: RowFault[] = [];
  const unheld = new Set<Column>();
  const byField = new Map(columns.map((column) => [column.field, places.get(column)] as const));
  const rows: ImportRow[] = [];
  for (const [index, cells] of sheet.rows.entries()) {
    if (index < firstDataRow - 1 || isBlank(cells)) continue;
    for (const column of columns) {
      const isUnheld = column.field === 'contact' || column.field === 'timeZone' || column.field === 'country';
      if (isUnheld && isForeign(column, cells[places.get(column) ?? -1] ?? null)) unheld.add(column);
    }
    rows.push(readRow(cells, { number: index + 1, byField, faults }));
    if (rows.length % rowsInOneStep === 0) yield;
  }
  return { rows, faults, unheld: [...unheld] };
}

/** Every asset of the mock is in Russia and on Moscow time; contacts it does not hold. */
function isForeign({ field }: Column, cell: CellValue): boolean {
  const text = String(cell ?? '').trim();
  return text !== '' && !(field === 'timeZone' && text === 'Москва') && !(field === 'country' && text === 'Россия');
}

const errorValue = /^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!)$/;

function readRow(
  cells: readonly CellValue[],
  context: { number: number; byField: ReadonlyMap<string, number | undefined>; faults: RowFault[] },
): ImportRow {
  const { number, byField, faults } = context;
  const faulty = new Set<RowFault['field']>();
  const fault = (field: RowFault['field'], problem: RowProblem): null => {
    faulty.add(field);
    faults.push({ row: number, field, problem });
    return null;
  };
  /** undefined without the column, null for an empty cell. */
  const text = (field: RowFault['field']): string | null | undefined => {
    const index = byField.get(field);
    if (index === undefined) return undefined;
    const value = plain(String(cells[index] ?? ''));
    if (value === '') return null;
    return errorValue.test(value) ? fault(field, 'error-value') : value;
  };
  const mandatory = (field: RowFault['field']): string => {
    const value = text(field);
    if (value == null && !faulty.has(field)) fault(field, 'empty');
    return value ?? '';
  };
  const degrees = (field: 'latitude' | 'longitude', most: number): number | null | undefined => {
    const value = text(field);
    if (value == null) return value;
    // A coordinate may be a text with a decimal comma.
    const degree = /^[+-]?\d{1,3}([.,]\d+)?$/.test(value) ? Number(value.replace(',', '.')) : Number.NaN;
    if (Number.isNaN(degree)) return fault(field, 'no-number');
    return Math.abs(degree) <= most ? degree : fault(field, 'out-of-range');
  };
  const truth = (field: 'isMobile'): boolean | null | undefined => {
    const word = text(field)?.toLowerCase();
    if (word === undefined) return byField.get(field) === undefined ? undefined : null;
    const is = (kind: 'yes' | 'no'): boolean =>
      Object.values(yesAndNo).some((words) => words[kind].toLowerCase() === word);
    return is('yes') ? true : is('no') ? false : fault(field, 'no-yes-or-no');
  };
  const row: ImportRow = {
    number,
    name: mandatory('name'),
    company: mandatory('company'),
    type: mandatory('type'),
    className: text('className'),
    district: text('district'),
    workType: text('workType'),
    parent: text('parent'),
    address: text('address'),
    addressDescription: text('addressDescription'),
    latitude: degrees('latitude', 90),
    longitude: degrees('longitude', 180),
    responsible: text('responsible'),
    isMobile: truth('isMobile'),
    serialNumber: text('serialNumber'),
    erpId: text('erpId'),
    notes: text('notes'),
  };
  const pair = [row.latitude, row.longitude].filter((value) => value != null).length;
  if (pair === 1 && !faulty.has('latitude') && !faulty.has('longitude'))
    fault(row.latitude == null ? 'latitude' : 'longitude', 'needs-partner');
  else if (pair === 2 && row.address == null) fault('address', 'needs-address');
  return row;
}
