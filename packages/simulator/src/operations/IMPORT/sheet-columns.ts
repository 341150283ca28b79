import { fold } from '../../domain/name-index.ts';
import { done, type Result, refused } from '../../domain/refusal.ts';
import type { Sheet } from '../../workbooks.ts';
import { type Column, captionRow, columns, type Language } from './asset-template.ts';

const byCaption = new Map(
  columns.flatMap((column) => [column.code, column.ru, column.en].map((caption) => [fold(caption), column] as const)),
);

/** Which column of the sheet (from 0) holds what, by captions in either language or by code, wherever they stand (B233). */
export function findColumns(
  sheet: Sheet,
  context: { language: Language; warn: (behaviour: string, text: string) => void },
): Result<ReadonlyMap<Column, number>> {
  const { language, warn } = context;
  const found = new Map<Column, number>();
  for (const [index, cell] of (sheet.rows[captionRow - 1] ?? []).entries()) {
    if (cell === null || cell === '') continue;
    const caption = String(cell).replaceAll('*', '').trim();
    const column = byCaption.get(fold(caption));
    if (!column) warn('B233', `the column ${caption} is unknown here and was ignored`);
    else if (found.has(column)) {
      const problem = { ru: `колонка «${caption}» встречается дважды`, en: `the column ${caption} stands there twice` };
      return refused({ kind: 'bad-file', code: 'InvalidData', ...problem });
    } else found.set(column, index);
  }
  const missing = columns.filter((column) => column.mandatory === 'refused' && !found.has(column));
  if (missing.length === 0) return done(found);
  const names = missing.map((column) => `${column[language]}*`).join(', ');
  return refused({
    kind: 'bad-file',
    code: 'InvalidData',
    ru: `в строке ${captionRow} нет колонок: ${names}`,
    en: `row ${captionRow} lacks the columns ${names}`,
  });
}
