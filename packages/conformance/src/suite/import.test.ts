import { expect } from 'vitest';
import { conformance } from '../harness/conformance.ts';
import { formOf } from '../harness/form.ts';
import type { Hubex, JsonReply } from '../harness/hubex.ts';
import { captions, chiller, commentsOf, type Row, savedBy, sheetOf, workbookOf } from '../harness/workbook.ts';

const path = 'POST /IMPORT/Assets';

/** Sends a workbook and expects this refusal as error models. */
async function refused(hubex: Hubex, bytes: Uint8Array, code: string, language = 'ru-RU'): Promise<string> {
  const { headers, raw } = formOf(bytes);
  const reply = await hubex.expect(409, path, undefined, { headers: { ...headers, 'Accept-Language': language }, raw });
  expect(reply.headers['x-application-errors']).toBe(code);
  expect(reply.json[0].code).toBe(code);
  return reply.json[0].message;
}

/** Sends rows and expects the workbook back; the reply is the faulty workbook. */
async function sentBack(hubex: Hubex, rows: readonly Row[]): Promise<JsonReply> {
  const { headers, raw } = formOf(await workbookOf(rows));
  const reply = await hubex.expect(409, path, undefined, { headers, raw });
  expect(reply.headers).toMatchObject({
    'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'x-application-errors': 'InvalidData',
  });
  return reply;
}

async function countOf(hubex: Hubex): Promise<number> {
  const { headers } = await hubex.send('HEAD /ES/Assets');
  return Number(headers['content-range']?.split('/')[1]);
}

/** The one asset that has this name. */
async function named(hubex: Hubex, name: string): Promise<Record<string, unknown>> {
  const { json } = await hubex.expect(200, `GET /ES/Assets?name=${encodeURIComponent(name)}`);
  const [id] = Object.keys(json);
  expect(Object.keys(json)).toHaveLength(1);
  return (await hubex.expect(200, `GET /ES/Assets/${id}`)).json;
}

conformance('import', (behaviour) => {
  behaviour('B230 needs AssetsImport and a part named File, in any case', async (hubex) => {
    const bytes = await workbookOf([chiller]);
    const form = formOf(bytes);
    await hubex.expect(403, path, undefined, { as: 'reader', ...form });
    expect((await hubex.expect(202, path, undefined, form)).text).toBe('');
    await hubex.expect(202, path, undefined, formOf(bytes, 'file'));
    await hubex.expect(415, path, undefined, { raw: bytes, headers: { 'Content-Type': 'application/octet-stream' } });
    const headers = { 'Content-Type': 'multipart/form-data; boundary=other' };
    expect((await hubex.expect(400, path, undefined, { raw: form.raw, headers })).json[0].code).toBe('InvalidData');
  });
  behaviour('B231 answers 202 at once; assets and events come a little later', async (hubex) => {
    await hubex.hook();
    const before = await countOf(hubex);
    await hubex.expect(202, path, undefined, formOf(await workbookOf([chiller])));
    expect(await countOf(hubex)).toBe(before);
    hubex.clock.advance(50);
    expect(await countOf(hubex)).toBe(before + 1);
    expect(await hubex.events()).toHaveLength(1);
  });
  behaviour(
    'B231 takes as long as it is told to',
    async (hubex) => {
      const before = await countOf(hubex);
      await hubex.expect(202, path, undefined, formOf(await workbookOf([chiller])));
      hubex.clock.advance(4_999);
      expect(await countOf(hubex)).toBe(before);
      hubex.clock.advance(1);
      expect(await countOf(hubex)).toBe(before + 1);
    },
    { switches: { importDelayMs: 5_000 } },
  );
  behaviour('B231 writes nothing of an import that a reset overtakes', async (hubex) => {
    await hubex.expect(202, path, undefined, formOf(await workbookOf([chiller])));
    await hubex.control.reset();
    hubex.forgetTokens();
    const before = await countOf(hubex);
    hubex.clock.advance(1_000);
    expect(await countOf(hubex)).toBe(before);
  });
  behaviour('B232 looks the sheet up by language', async (hubex) => {
    const english = { Name: 'Chiller', Company: 'ООО «Северный ветер»', Type: 'Чиллер' };
    const columns = ['Name*', 'Company*', 'Type*'];
    const workbook = await workbookOf([english], { sheet: 'Assets', columns });
    await hubex.import(workbook, { headers: { 'Accept-Language': 'en' } });
    expect(await named(hubex, 'Chiller')).toMatchObject({ assetType: { name: 'Чиллер' } });
    expect(await refused(hubex, workbook, 'WrongFile')).toContain('«Объекты и оборудование»');
    expect(await refused(hubex, await workbookOf([chiller]), 'WrongFile', 'en')).toContain('«Assets»');
  });
  behaviour('B233 finds columns by caption wherever they stand and skips blank rows', async (hubex) => {
    const columns = ['Тип', 'Цвет', 'Название', ' компания * '];
    const workbook = await workbookOf([{}, { ...chiller, ' компания  ': 'ТЦ «Семь вершин»' }, {}], { columns });
    const { headers } = await hubex.import(workbook);
    expect(await named(hubex, 'Чиллер новый')).toMatchObject({ company: { name: 'ТЦ «Семь вершин»' } });
    expect(headers['x-hubex-mock-warning']).toMatch(/^B233 /);
  });
  behaviour('B233 refuses a workbook without a mandatory column, or with one twice', async (hubex) => {
    const without = await workbookOf([chiller], { columns: captions.filter((caption) => caption !== 'Тип*') });
    expect(await refused(hubex, without, 'InvalidData')).toContain('Тип*');
    expect(
      await refused(hubex, await workbookOf([chiller], { columns: [...captions, 'Тип'] }), 'InvalidData'),
    ).toContain('«Тип»');
  });
  behaviour('B234 refuses a sheet without data', async (hubex) => {
    await refused(hubex, await workbookOf([]), 'EmptyFile');
    await refused(hubex, await workbookOf([{}, { Название: '  ' }]), 'EmptyFile');
  });
  behaviour('B235 refuses what is no readable workbook', async (hubex) => {
    await refused(hubex, new TextEncoder().encode('Название;Компания;Тип'), 'UnsupportedFileFormat');
    await refused(hubex, (await workbookOf([chiller])).subarray(0, 2_000), 'UnsupportedFileFormat');
    await refused(hubex, Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0]), 'UnsupportedFileFormat');
  });
  behaviour('B235 warns of a file that another suite saved', async (hubex) => {
    const { headers } = await hubex.import(savedBy('LibreOffice/24.2.7.2', await workbookOf([chiller])));
    expect(headers['x-hubex-mock-warning']).toMatch(/^B235 .*LibreOffice/);
    expect((await hubex.import(await workbookOf([chiller]))).headers).not.toHaveProperty('x-hubex-mock-warning');
  });
  behaviour(
    'B235 refuses such a file when told so',
    async (hubex) => {
      await refused(hubex, savedBy('LibreOffice/24.2.7.2', await workbookOf([chiller])), 'UnsupportedFileFormat');
      await hubex.import(savedBy('Microsoft Excel', await workbookOf([chiller])));
    },
    { switches: { importForeignSuites: 'refused' } },
  );
  behaviour('B236 answers 400 without a part File', async (hubex) => {
    for (const form of [formOf(await workbookOf([chiller]), 'Datei'), {}]) {
      const reply = await hubex.expect(400, path, undefined, form);
      expect(reply.json[0]).toMatchObject({ code: 'InvalidData', message: expect.stringContaining('File') });
    }
  });
  behaviour('B237 takes 2000 assets and refuses 2001', async (hubex) => {
    const rows = (count: number): readonly Row[] =>
      Array.from({ length: count }, (_, index) => ({ ...chiller, Название: `Чиллер ${index}` }));
    expect(await refused(hubex, await workbookOf(rows(2_001)), 'InvalidData')).toContain('2001');
    const before = await countOf(hubex);
    await hubex.import(await workbookOf(rows(2_000)));
    expect(await countOf(hubex)).toBe(before + 2_000);
  });
  behaviour('B238 wants name, company and type; class and district have defaults', async (hubex) => {
    await hubex.import(await workbookOf([chiller]));
    const asset = await named(hubex, 'Чиллер новый');
    expect(asset).toMatchObject({ assetClass: { name: 'По умолчанию' } });
    expect(Object.keys((await hubex.expect(200, 'GET /ES/Assets?districtID=1')).json)).toContain(String(asset.id));
    const { bytes } = await sentBack(hubex, [{ Компания: ' ', Тип: '', Примечание: 'x' }]);
    expect(commentsOf(bytes).map(({ ref }) => ref)).toEqual(['A4', 'B4', 'C4']);
  });
  behaviour('B239 creates companies, classes and districts on the way, but no types', async (hubex) => {
    const row = { ...chiller, Компания: 'АО «Новое»', Класс: 'Редкий', Участок: 'Западный участок' };
    await hubex.import(await workbookOf([row, { ...row, Название: 'Чиллер второй', Компания: ' ао «новое» ' }]));
    const [first, second] = [await named(hubex, 'Чиллер новый'), await named(hubex, 'Чиллер второй')];
    expect(first).toMatchObject({ company: { name: 'АО «Новое»' }, assetClass: { name: 'Редкий' } });
    expect(second.company).toEqual(first.company);
    const { json } = await hubex.expect(200, 'GET /ES/Assets?districtID=4');
    expect(Object.keys(json)).toEqual([String(first.id), String(second.id)]);
    await sentBack(hubex, [{ ...chiller, Тип: 'Летательный аппарат' }]);
  });
  behaviour('B240 sends the workbook back with a note in each faulty cell and writes nothing', async (hubex) => {
    await hubex.hook();
    const before = await countOf(hubex);
    const bad = {
      ...chiller,
      Тип: 'Нечто',
      'Родительский элемент': 'Нигде',
      Широта: 'север',
      'ERP ID': 'я'.repeat(65),
    };
    const { bytes, headers } = await sentBack(hubex, [chiller, bad]);
    expect(commentsOf(bytes)).toEqual([
      { ref: 'C5', text: expect.stringContaining('типа нет') },
      { ref: 'G5', text: expect.stringContaining('не найден') },
      { ref: 'I5', text: expect.stringContaining('число') },
      { ref: 'N5', text: expect.stringContaining('64') },
    ]);
    expect((await sheetOf(bytes)).rows[4]?.slice(0, 3)).toEqual(['Чиллер новый', 'ООО «Северный ветер»', 'Нечто']);
    expect(headers['content-disposition']).toMatch(/^attachment; filename=/);
    hubex.clock.advance(1_000);
    expect(await countOf(hubex)).toBe(before);
    expect(await hubex.events()).toEqual([]);
  });
  behaviour('B241 causes 40 for each new row, which starts unpublished', async (hubex) => {
    await hubex.hook();
    await hubex.import(await workbookOf([chiller, { ...chiller, Название: 'Чиллер второй' }]));
    const [first, second] = [await named(hubex, 'Чиллер новый'), await named(hubex, 'Чиллер второй')];
    expect(await hubex.events()).toEqual([`40 ${first.id}`, `40 ${second.id}`]);
    expect(first).not.toHaveProperty('published');
  });
  behaviour(
    'B241 publishes what has an address, when told so',
    async (hubex) => {
      await hubex.hook();
      await hubex.import(await workbookOf([chiller, { ...chiller, Название: 'Чиллер второй', Адрес: 'г. Тверь' }]));
      const [first, second] = [await named(hubex, 'Чиллер новый'), await named(hubex, 'Чиллер второй')];
      expect(await hubex.events()).toEqual([`40 ${first.id}`, `40 ${second.id}`, `43 ${second.id}`]);
      expect(second).toHaveProperty('published');
    },
    { switches: { importPublishes: true } },
  );
});
