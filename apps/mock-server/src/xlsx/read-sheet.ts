import type { CellValue, Sheet } from '@hubex-kit/simulator';
import { readXlsx, streamXlsxRows } from 'hucre/xlsx';
import type { ScreenedArchive } from './screen-archive.ts';

/** Excel's own limit. */
const longestText = 32_767;
/** Characters of all cells together. */
const mostText = 16_777_216;

/** Bytes unpacked up to which a sheet is read piece by piece: a piece is looked at again as long as its end is not there, so not the largest. */
const mostInPieces = 4_194_304;

/** Part of a sheet to read. */
interface Wanted {
  readonly sheet: string;
  readonly rows: number;
  readonly columns: number;
}

/** Reads one sheet of a screened archive; a text is the reason why it cannot be read. */
export async function readSheet(
  { bytes, unpacked }: ScreenedArchive,
  want: Wanted,
): Promise<{ readonly sheet: Sheet | undefined } | string> {
  const wanted = want.sheet.toLowerCase();
  let name: string | undefined;
  const isInPieces = unpacked <= mostInPieces;
  const isWanted = (info: { readonly name: string }): boolean => {
    if (name !== undefined || info.name.trim().toLowerCase() !== wanted) return false;
    name = info.name;
    return !isInPieces;
  };
  try {
    const { sheets } = await readXlsx(bytes, { sheets: isWanted, range: `A1:${columnName(want.columns)}${want.rows}` });
    if (name === undefined) return { sheet: undefined };
    const rows = isInPieces
      ? await readInPieces(bytes, { ...want, sheet: name })
      : (sheets[0]?.rows ?? []).map((row) => row.map(toCell));
    return tooLong(rows) ?? { sheet: { name, rows } };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Other requests have their turn between the pieces: a sheet of 2000 rows read at once would keep them waiting. */
async function readInPieces(bytes: Uint8Array, want: Wanted): Promise<readonly (readonly CellValue[])[]> {
  const rows: CellValue[][] = [];
  let width = 0;
  for await (const { index, values } of streamXlsxRows(bytes, { sheet: want.sheet })) {
    // A file may number its rows as it likes. The library's own range would fill every row up to its last column.
    if (!(Number.isInteger(index) && index >= 0 && index < want.rows)) continue;
    while (rows.length <= index) rows.push([]);
    const row = rows[index] ?? [];
    for (const [column, value] of values.slice(0, want.columns).entries()) {
      const cell = toCell(value);
      if (cell === null) continue;
      while (row.length < column) row.push(null);
      row[column] = cell;
      width = Math.max(width, column + 1);
    }
  }
  for (const row of rows) while (row.length < width) row.push(null);
  return rows;
}

function toCell(value: unknown): CellValue {
  if (value instanceof Date) {
    const text = Number.isNaN(value.getTime()) ? '' : value.toISOString();
    return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return null;
}

function tooLong(rows: readonly (readonly CellValue[])[]): string | undefined {
  let sum = 0;
  for (const row of rows) {
    for (const cell of row) {
      if (typeof cell !== 'string') continue;
      if (cell.length > longestText) return `a cell has more than ${longestText} characters`;
      sum += cell.length;
    }
  }
  return sum > mostText ? `its cells have more than ${mostText} characters` : undefined;
}

/** 1 is A, 27 is AA. */
function columnName(column: number): string {
  const before = Math.floor((column - 1) / 26);
  return `${before > 0 ? columnName(before) : ''}${String.fromCharCode(65 + ((column - 1) % 26))}`;
}
