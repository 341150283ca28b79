import type { CellValue, Sheet } from '@hubex-kit/simulator';
import { type Cell, type WriteSheet, writeXlsx } from 'hucre/xlsx';

const longestText = 32_767;
const grey = { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'D9D9D9' } } as const;

/** Writes sheets with their notes; the file says nothing of the time but `modified`. */
export function writeSheets(
  sheets: readonly Sheet[],
  { modified }: { readonly modified: number },
): Promise<Uint8Array> {
  return writeXlsx({
    sheets: sheets.map(toWriteSheet),
    properties: { creator: 'HubEx Webhooks Kit', modified: new Date(modified) },
  });
}

function toWriteSheet({ name, rows, comments = [], heading }: Sheet): WriteSheet {
  const cells = new Map<string, Partial<Cell>>();
  const add = (row: number, column: number, cell: Partial<Cell>): void => {
    const key = `${row - 1},${column - 1}`;
    cells.set(key, { ...cells.get(key), ...cell });
  };
  if (heading) {
    for (const row of [heading.band, heading.captions]) {
      const style = row === heading.band ? { fill: grey, font: { size: 8 } } : { font: { bold: true } };
      for (const [index] of (rows[row - 1] ?? []).entries()) add(row, index + 1, { style });
    }
  }
  for (const { row, column, text } of comments) add(row, column, { comment: { text, author: 'HubEx' } });
  const width = Math.max(0, ...rows.slice(0, 100).map((row) => row.length));
  return {
    name,
    rows: rows.map((row) => row.map(toValue)),
    cells,
    columns: Array.from({ length: width }, () => ({ width: 22 })),
    ...(heading ? { freezePane: { rows: heading.captions } } : {}),
  };
}

/** What XML cannot hold is left out, what reads as an escape is escaped, and no text is longer than Excel's longest. */
function toValue(value: CellValue): CellValue {
  if (typeof value !== 'string') return value;
  return value
    .replaceAll(/[\uFFFE\uFFFF]/g, '')
    .replaceAll(/_(?=x[\da-f]{4}_)/gi, '_x005F_')
    .slice(0, longestText);
}
