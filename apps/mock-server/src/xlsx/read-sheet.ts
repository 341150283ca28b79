import type { CellValue, Sheet } from '@hubex-kit/simulator';
import { readXlsx } from 'hucre/xlsx';

/** Excel's own limit. */
const longestText = 32_767;
/** Characters of all cells together. */
const mostText = 16_777_216;

/** Reads one sheet of a screened archive; a text is the reason why it cannot be read. */
export async function readSheet(
  bytes: Uint8Array,
  want: { readonly sheet: string; readonly rows: number; readonly columns: number },
): Promise<{ readonly sheet: Sheet | undefined } | string> {
  const name = want.sheet.toLowerCase();
  let isFound = false;
  const isWanted = (info: { readonly name: string }): boolean => {
    if (isFound || info.name.trim().toLowerCase() !== name) return false;
    isFound = true;
    return true;
  };
  try {
    const range = `A1:${columnName(want.columns)}${want.rows}`;
    const { sheets } = await readXlsx(bytes, { sheets: isWanted, range });
    const [sheet] = sheets;
    if (!sheet) return { sheet: undefined };
    const rows = sheet.rows.map((row) => row.map(toCell));
    return tooLong(rows) ?? { sheet: { name: sheet.name, rows } };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
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
