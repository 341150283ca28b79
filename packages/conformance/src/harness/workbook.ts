import { workbooks } from '@hubex-kit/mock-server/workbooks';
import type { CellValue, ReadWorkbook, Sheet } from '@hubex-kit/simulator';
import { partsOf, zipOf } from './zip.ts';

/** Captions of the columns most tests need, in the order of the template. */
export const captions: readonly string[] = [
  ...['Название*', 'Компания*', 'Тип*', 'Класс*', 'Участок*', 'Вид работ', 'Родительский элемент', 'Адрес'],
  ...['Широта', 'Долгота', 'Ответственный', 'Мобильное оборудование', 'Серийный номер', 'ERP ID', 'Примечание'],
];

/** Fields of a row by caption without its asterisk; what is left out is empty. */
export type Row = Readonly<Record<string, CellValue>>;

/** A row that imports as a new chiller. */
export const chiller: Row = { Название: 'Чиллер новый', Компания: 'ООО «Северный ветер»', Тип: 'Чиллер' };

/** A workbook with these rows below the captions, in rows 4 and on. */
export function workbookOf(
  rows: readonly Row[],
  options: { readonly sheet?: string; readonly columns?: readonly string[] } = {},
): Promise<Uint8Array> {
  const { sheet = 'Объекты и оборудование', columns = captions } = options;
  const data = rows.map((row) => columns.map((caption) => row[caption.replace('*', '')] ?? null));
  return workbooks.write([{ name: sheet, rows: [[], [], columns, ...data] }], { modified: 0 });
}

/** A workbook of one sheet. */
export function bytesOf(sheet: Sheet): Promise<Uint8Array> {
  return workbooks.write([sheet], { modified: 0 });
}

/** The sheet of a workbook. */
export async function sheetOf(bytes: Uint8Array, name = 'Объекты и оборудование'): Promise<Sheet> {
  const read: ReadWorkbook = await workbooks.read(bytes, { sheet: name, rows: 5_000, columns: 100 });
  if (read.kind === 'read' && read.sheet) return read.sheet;
  throw new Error(`The workbook has no sheet ${name}: ${JSON.stringify(read)}`);
}

/** The notes of a workbook as its part for comments has them. */
export function commentsOf(bytes: Uint8Array): readonly { readonly ref: string; readonly text: string }[] {
  const xml = partsOf(bytes).get('xl/comments1.xml')?.toString() ?? '';
  return [...xml.matchAll(/<comment ref="(\w+)"[^>]*>(.*?)<\/comment>/gs)].map(([, ref = '', inner = '']) => ({
    ref,
    text: inner.replaceAll(/<[^>]+>/g, ''),
  }));
}

/** The same workbook as if another program had saved it. */
export function savedBy(application: string, bytes: Uint8Array): Uint8Array {
  const app = `<Properties><Application>${application}</Application></Properties>`;
  return zipOf(new Map<string, string | Uint8Array>(partsOf(bytes)).set('docProps/app.xml', app));
}
