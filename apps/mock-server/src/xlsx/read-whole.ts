import type { CellValue } from '@hubex-kit/simulator';
import { readXlsx } from 'hucre/xlsx';
import type { ScreenedArchive } from './screen-archive.ts';
import { type FoundSheet, toCell, type Wanted } from './wanted.ts';

/** Reads a sheet in one go, wherever in the archive its parts are. Loaded when it is needed: it is most of the library. */
export async function readWhole({ bytes }: ScreenedArchive, want: Wanted): Promise<FoundSheet | undefined> {
  const wanted = want.sheet.toLowerCase();
  let name: string | undefined;
  const isWanted = (info: { readonly name: string }): boolean => {
    if (name !== undefined || info.name.trim().toLowerCase() !== wanted) return false;
    name = info.name;
    return true;
  };
  const { sheets } = await readXlsx(bytes, { sheets: isWanted, range: `A1:${columnName(want.columns)}${want.rows}` });
  const rows = (sheets[0]?.rows ?? []).map((row): CellValue[] => row.map(toCell));
  return name === undefined ? undefined : { name, rows };
}

/** 1 is A, 27 is AA. */
function columnName(column: number): string {
  const before = Math.floor((column - 1) / 26);
  return `${before > 0 ? columnName(before) : ''}${String.fromCharCode(65 + ((column - 1) % 26))}`;
}
