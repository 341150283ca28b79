import type { RowFault } from '../../domain/import-row.ts';
import { planRows } from '../../domain/import-work.ts';
import type { BadFile } from '../../domain/refusal.ts';
import { inTurns } from '../../domain/steps.ts';
import type { Sheet } from '../../workbooks.ts';
import type { Call, Operation } from '../operation.ts';
import type { Outcome } from '../outcome.ts';
import { workbooksMissing } from '../workbooks-missing.ts';
import { firstDataRow, mostRows, sheetNames } from './asset-template.ts';
import { withFaults } from './faulty-workbook.ts';
import { isBlank, readRows } from './read-rows.ts';
import { findColumns } from './sheet-columns.ts';

// Blank rows between the data count here; a sheet is not looked at beyond.
const deepestRow = 50_000;
const widestColumn = 100;

/** Spreadsheet programs that are not Microsoft's; files written by libraries mostly name none of them. */
const otherSuites = /libreoffice|openoffice|numbers|wps|onlyoffice|r7|р7|myoffice|мойофис|calligra|gnumeric/i;

type ImportCall = Call<'importAssets'>;

/** B230-B249. Every row is checked before any is written, and written after the answer. */
export const importAssets: Operation<'importAssets'> = async (call) => {
  const { body, workbooks, language } = call;
  if (!workbooks) return workbooksMissing;
  const want = { sheet: sheetNames[language], rows: deepestRow, columns: widestColumn };
  const read = await workbooks.read(body.file, want);
  if (read.kind === 'unreadable') {
    return badFile('UnsupportedFileFormat', {
      ru: `файл не прочитан: ${read.reason}`,
      en: `the file could not be read: ${read.reason}`,
    });
  }
  const { application } = read;
  if (application !== null && otherSuites.test(application)) {
    if (call.switches.importForeignSuites === 'refused') {
      return badFile('UnsupportedFileFormat', {
        ru: `файл сохранён в ${application}`,
        en: `the file was saved by ${application}`,
      });
    }
    call.warn('B235', `the file says it was saved by ${application}; HubEx may refuse it as UnsupportedFileFormat`);
  }
  if (!read.sheet)
    return badFile('WrongFile', { ru: `нет листа «${want.sheet}»`, en: `there is no sheet «${want.sheet}»` });
  return checkSheet(call, read.sheet);
};

async function checkSheet(call: ImportCall, sheet: Sheet): Promise<Outcome> {
  const { language, warn, switches, member, tenant } = call;
  const count = sheet.rows.slice(firstDataRow - 1).filter((row) => !isBlank(row)).length;
  if (count === 0) return badFile('EmptyFile', { ru: 'нет строк с данными', en: 'there is no row of data' });
  if (count > mostRows) {
    return badFile('InvalidData', {
      ru: `объектов ${count}, допустимо ${mostRows}`,
      en: `${count} assets, at most ${mostRows} fit`,
    });
  }
  const places = findColumns(sheet, { language, warn });
  if (!places.ok) return { kind: 'refused', refusals: places.refusals };
  const { rows, faults, unheld } = await inTurns(readRows(sheet, places.value), call.pause);
  const seen = new Set(faults.map(cellOf));
  const looked = await inTurns(planRows(tenant, { rows, member, rules: switches }), call.pause);
  const all = [...faults, ...looked.faults.filter((fault) => !seen.has(cellOf(fault)))];
  if (all.length > 0) return sendBack(call, withFaults(sheet, { faults: all, places: places.value, language, warn }));
  if (unheld.length > 0) warn('B249', `the mock holds no data for ${unheld.map(({ code }) => code).join(', ')}`);
  call.later(switches.importDelayMs, { kind: 'import', rows, memberId: member.id });
  return { kind: 'accepted' };
}

async function sendBack({ workbooks, now, language }: ImportCall, sheet: Sheet): Promise<Outcome> {
  if (!workbooks) return workbooksMissing;
  const bytes = await workbooks.write([sheet], { modified: now });
  return { kind: 'faulty-file', bytes, name: `${sheetNames[language]}.xlsx` };
}

function cellOf({ row, field }: RowFault): string {
  return `${row} ${field}`;
}

/** Both languages of the reason; the api room picks one. */
function badFile(code: BadFile['code'], reason: Pick<BadFile, 'ru' | 'en'>): Outcome {
  return { kind: 'refused', refusals: [{ kind: 'bad-file', code, ...reason }] };
}
