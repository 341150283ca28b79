import type { CellValue, Sheet } from '@hubex-kit/simulator';
import { streamXlsxRows } from 'hucre/xlsx';
import { readXml } from 'hucre/xml';
import { readPart, type ScreenedArchive } from './screen-archive.ts';
import { type FoundSheet, toCell, type Wanted } from './wanted.ts';

/** Excel's own limit. */
const longestText = 32_767;
/** Characters of all cells together. */
const mostText = 16_777_216;

/** Bytes unpacked up to which a sheet is read piece by piece: a piece is looked at again as long as its end is not there, so not the largest. */
const mostInPieces = 4_194_304;

/** Reads one sheet of a screened archive; a text is the reason why it cannot be read. */
export async function readSheet(
  archive: ScreenedArchive,
  want: Wanted,
): Promise<{ readonly sheet: Sheet | undefined } | string> {
  try {
    const names = archive.unpacked > mostInPieces ? undefined : sheetNames(archive);
    const sheet = names ? await readNamed(archive, { want, names }) : await whole(archive, want);
    return (sheet && tooLong(sheet.rows)) ?? { sheet };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function whole(archive: ScreenedArchive, want: Wanted): Promise<FoundSheet | undefined> {
  return (await import('./read-whole.ts')).readWhole(archive, want);
}

/** In the order of the workbook; undefined when it is not where Excel puts it. */
function sheetNames(archive: ScreenedArchive): readonly string[] | undefined {
  const text = readPart(archive, /^xl\/workbook\.xml$/i);
  if (text === undefined) return undefined;
  const { data } = readXml(text, { rowTag: 'sheet', stripNamespaces: true });
  return data.flatMap(({ '@name': name }) => (name == null ? [] : [String(name)]));
}

async function readNamed(
  { bytes }: ScreenedArchive,
  { want, names }: { want: Wanted; names: readonly string[] },
): Promise<FoundSheet | undefined> {
  const wanted = want.sheet.toLowerCase();
  const name = names.find((each) => each.trim().toLowerCase() === wanted);
  return name === undefined ? undefined : { name, rows: await readInPieces(bytes, { ...want, sheet: name }) };
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
