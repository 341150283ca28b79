import { longestErpId } from '../../domain/draft-rules.ts';
import { allWorkTypes } from '../../domain/import-plan.ts';
import type { RowFault, RowProblem } from '../../domain/import-row.ts';
import type { Sheet } from '../../workbooks.ts';
import { type Column, captionRow, type Language } from './asset-template.ts';

// Notes are drawn as shapes; tens of thousands of them would be a file nobody can open. A bound of the mock.
const mostNotes = 1_000;

/** The sheet as it came, with a note on each faulty cell (B240); one in a column that is missing goes to the name. */
export function withFaults(
  sheet: Sheet,
  context: {
    faults: readonly RowFault[];
    places: ReadonlyMap<Column, number>;
    language: Language;
    warn: (behaviour: string, text: string) => void;
  },
): Sheet {
  const { faults, places, language, warn } = context;
  if (faults.length > mostNotes) warn('B240', `${faults.length} faults; only the first ${mostNotes} have a note`);
  const byField = new Map([...places].map(([{ field }, index]) => [field, index] as const));
  const texts = new Map<string, { row: number; column: number; text: string }>();
  for (const { row, field, problem } of faults.slice(0, mostNotes)) {
    const column = (byField.get(field) ?? byField.get('name') ?? 0) + 1;
    const key = `${row} ${column}`;
    const text = messages[problem][language];
    const before = texts.get(key);
    texts.set(key, { row, column, text: before ? `${before.text}\n${text}` : text });
  }
  return { ...sheet, comments: [...texts.values()], heading: { band: captionRow - 1, captions: captionRow } };
}

const messages: Readonly<Record<RowProblem, Readonly<Record<Language, string>>>> = {
  empty: { ru: 'Обязательное поле не заполнено.', en: 'This field is mandatory.' },
  'too-long': { ru: `Не более ${longestErpId} символов.`, en: `At most ${longestErpId} characters.` },
  'error-value': { ru: 'В ячейке ошибка формулы.', en: 'The cell holds the error of a formula.' },
  'no-number': { ru: 'Нужно число, например 55,7558.', en: 'Expected a number, such as 55.7558.' },
  'out-of-range': {
    ru: 'Широта: от -90 до 90, долгота: от -180 до 180.',
    en: 'Latitude goes from -90 to 90, longitude from -180 to 180.',
  },
  'no-yes-or-no': { ru: 'Только «Да» или «Нет».', en: 'Only Yes or No.' },
  'needs-partner': { ru: 'Координаты задаются парой.', en: 'Coordinates come in pairs.' },
  'needs-address': { ru: 'К координатам нужен адрес.', en: 'Coordinates need an address.' },
  'unknown-type': {
    ru: 'Такого типа нет; типы создаются в кабинете администратора.',
    en: 'There is no such type; types are made in the admin console.',
  },
  'unknown-work-type': {
    ru: `Такого вида работ нет. Для всех: «${allWorkTypes}».`,
    en: `There is no such work type. For all of them: «${allWorkTypes}».`,
  },
  'unknown-person': { ru: 'Сотрудник с таким ФИО не найден.', en: 'Nobody has this full name.' },
  'unknown-parent': {
    ru: 'Родительский элемент не найден ни среди объектов, ни в файле.',
    en: 'The parent is neither among the assets nor in the file.',
  },
  'own-parent': { ru: 'Объект не может входить сам в себя.', en: 'An asset cannot be its own parent.' },
  circle: { ru: 'Цепочка родителей ведёт обратно к объекту.', en: 'The chain of parents leads back to the asset.' },
};
