import { expect } from 'vitest';
import { conformance } from '../harness/conformance.ts';
import { formOf } from '../harness/form.ts';
import type { Hubex } from '../harness/hubex.ts';
import { chiller, commentsOf, type Row, workbookOf } from '../harness/workbook.ts';

/** Imports rows and returns the events they cause, as `40 101`. */
async function eventsOf(hubex: Hubex, rows: readonly Row[]): Promise<readonly string[]> {
  hubex.recorder.received.splice(0);
  await hubex.import(await workbookOf(rows));
  return hubex.events();
}

/** Cells with a note when these rows are refused. */
async function faultsOf(hubex: Hubex, rows: readonly Row[]): Promise<readonly string[]> {
  const { bytes } = await hubex.expect(409, 'POST /IMPORT/Assets', undefined, formOf(await workbookOf(rows)));
  return commentsOf(bytes).map(({ ref }) => ref);
}

async function read(hubex: Hubex, id: number | string): Promise<Record<string, unknown>> {
  return (await hubex.expect(200, `GET /ES/Assets/${id}`)).json;
}

/** Imports one new row and returns the asset's id. */
async function imported(hubex: Hubex, row: Row): Promise<number> {
  const [event = ''] = await eventsOf(hubex, [row]);
  const [eventId, assetId] = event.split(' ').map(Number);
  expect(eventId).toBe(40);
  return assetId ?? 0;
}

const withErpId = { ...chiller, 'ERP ID': '1C-7' };

conformance('import, rows', (behaviour) => {
  behaviour('B242 B243 knows a row again by its ErpID, else by name, company and parent', async (hubex) => {
    await hubex.hook();
    const id = await imported(hubex, withErpId);
    expect(await eventsOf(hubex, [{ ...withErpId, Название: 'Чиллер старый' }])).toEqual([`41 ${id}`]);
    const other = await imported(hubex, { ...chiller, Название: 'Чиллер старый', 'ERP ID': '1C-8' });
    const nameless = await imported(hubex, chiller);
    expect(await eventsOf(hubex, [{ ...chiller, Примечание: 'x' }])).toEqual([`41 ${nameless}`]);
    const elsewhere = await imported(hubex, { ...chiller, Компания: 'ТЦ «Семь вершин»' });
    expect(new Set([id, other, nameless, elsewhere]).size).toBe(4);
  });
  behaviour('B242 gives an ErpID to the asset of that name which has none', async (hubex) => {
    await hubex.hook();
    const id = await imported(hubex, chiller);
    expect(await eventsOf(hubex, [withErpId])).toEqual([`41 ${id}`]);
    expect(await read(hubex, id)).toMatchObject({ erpID: '1C-7' });
  });
  behaviour('B242 takes rows that are alike for assets that are alike, each once', async (hubex) => {
    await hubex.hook();
    expect(await eventsOf(hubex, [chiller, chiller])).toHaveLength(2);
    expect(await eventsOf(hubex, [chiller, chiller])).toEqual([]);
    expect(await eventsOf(hubex, [chiller, chiller, chiller])).toHaveLength(1);
  });
  behaviour('B242 makes a new asset for a row whose asset was deleted', async (hubex) => {
    await hubex.hook();
    const id = await imported(hubex, withErpId);
    await hubex.expect(202, `DELETE /ES/Assets/${id}`);
    await hubex.settled();
    expect(await imported(hubex, withErpId)).not.toBe(id);
  });
  behaviour(
    'B242 goes by name alone when told so',
    async (hubex) => {
      await hubex.hook();
      const id = await imported(hubex, withErpId);
      expect(await eventsOf(hubex, [{ ...chiller, 'ERP ID': '1C-9' }])).toEqual([`41 ${id}`]);
      await imported(hubex, { ...withErpId, Название: 'Чиллер старый' });
    },
    { switches: { importMatching: 'name' } },
  );
  behaviour(
    'B242 knows nothing again when told so',
    async (hubex) => {
      await hubex.hook();
      await imported(hubex, withErpId);
      await imported(hubex, withErpId);
    },
    { switches: { importMatching: 'never' } },
  );
  behaviour('B243 says nothing of a row that changes nothing', async (hubex) => {
    await hubex.hook();
    const row = {
      ...withErpId,
      Адрес: 'г. Тверь, ул. Мира, д. 1',
      Широта: 56.85,
      Долгота: '35,9',
      Класс: 'Критичное оборудование',
    };
    const full = { ...row, Участок: 'Южный участок', 'Вид работ': 'Ремонт', 'Мобильное оборудование': 'Да' };
    const id = await imported(hubex, full);
    expect(await eventsOf(hubex, [full])).toEqual([]);
    expect(await eventsOf(hubex, [{ ...full, 'Вид работ': 'Монтаж' }])).toEqual([`41 ${id}`]);
  });
  behaviour(
    'B243 causes 41 for it when told so',
    async (hubex) => {
      await hubex.hook();
      const id = await imported(hubex, chiller);
      expect(await eventsOf(hubex, [chiller])).toEqual([`41 ${id}`]);
    },
    { switches: { importUnchangedEvent: '41' } },
  );
  behaviour('B244 leaves what an empty cell does not say', async (hubex) => {
    await hubex.hook();
    const id = await imported(hubex, { ...withErpId, Примечание: 'Тихо', Класс: 'Арендованное', Адрес: 'г. Тверь' });
    expect(await eventsOf(hubex, [withErpId])).toEqual([]);
    expect(await read(hubex, id)).toMatchObject({ notes: 'Тихо', assetClass: { name: 'Арендованное' } });
  });
  behaviour(
    'B244 clears it when told so',
    async (hubex) => {
      await hubex.hook();
      const id = await imported(hubex, { ...withErpId, Примечание: 'Тихо', Класс: 'Арендованное', Адрес: 'г. Тверь' });
      expect(await eventsOf(hubex, [withErpId])).toEqual([`41 ${id}`]);
      const asset = await read(hubex, id);
      expect(asset).toMatchObject({ assetClass: { name: 'По умолчанию' } });
      expect(asset).not.toHaveProperty('notes');
      expect(asset).not.toHaveProperty('location');
    },
    { switches: { importEmptyCell: 'cleared' } },
  );
  behaviour('B245 hangs assets below rows of the file, above or below, and below assets', async (hubex) => {
    await hubex.hook();
    const site = { ...chiller, Название: 'Площадка', Тип: 'Здание', Адрес: 'г. Тверь' };
    const below = { ...chiller, 'Родительский элемент': ' площадка' };
    const events = await eventsOf(hubex, [
      below,
      site,
      { ...chiller, Название: 'Насос', 'Родительский элемент': 'Чиллер новый' },
    ]);
    const [child = 0, parent = 0, grandchild = 0] = events.map((event) => Number(event.split(' ')[1]));
    expect(await read(hubex, child)).toMatchObject({ parentID: parent, isHostLocation: true });
    expect(await read(hubex, grandchild)).toMatchObject({ parentID: child });
    const late = await imported(hubex, { ...chiller, Название: 'Щит', 'Родительский элемент': 'Площадка' });
    expect(await read(hubex, late)).toMatchObject({ parentID: parent });
  });
  behaviour('B245 refuses an unknown parent, the row itself and circles', async (hubex) => {
    const row = (name: string, parent: string): Row => ({ ...chiller, Название: name, 'Родительский элемент': parent });
    expect(await faultsOf(hubex, [row('А', 'Нигде'), row('Б', 'Б')])).toEqual(['G4', 'G5']);
    expect(await faultsOf(hubex, [row('А', 'Б'), row('Б', 'В'), row('В', 'А'), row('Г', 'А')])).toEqual([
      'G4',
      'G5',
      'G6',
    ]);
    await hubex.hook();
    await eventsOf(hubex, [
      { ...row('А', 'Б'), 'ERP ID': 'a' },
      { ...chiller, Название: 'Б', 'ERP ID': 'b' },
    ]);
    expect(await faultsOf(hubex, [{ ...row('Б', 'А'), 'ERP ID': 'b' }])).toEqual(['G4']);
  });
  behaviour('B246 reads Да and Нет, Yes and No, and nothing else', async (hubex) => {
    await hubex.hook();
    const mobile = (word: string | boolean): Row => ({ ...chiller, 'Мобильное оборудование': word });
    expect(await read(hubex, await imported(hubex, mobile('да')))).toMatchObject({ isMobileAsset: true });
    expect(await eventsOf(hubex, [mobile('Yes')])).toEqual([]);
    expect(await eventsOf(hubex, [mobile('Нет')])).toHaveLength(1);
    expect(await faultsOf(hubex, [mobile('1'), mobile(true)])).toEqual(['L4', 'L5']);
  });
  behaviour('B247 makes a location of a new address and takes a known one', async (hubex) => {
    await hubex.hook();
    const place = { Адрес: 'г. Тверь, ул. Мира, д. 1', Широта: 56.85, Долгота: '35,9' };
    const [first, second] = [
      await read(hubex, await imported(hubex, { ...chiller, ...place })),
      await read(hubex, await imported(hubex, { ...chiller, Название: 'Второй', Адрес: place.Адрес })),
    ];
    expect(first).toMatchObject({
      location: { address: place.Адрес, coordinate: '56.85:35.9' },
      isHostLocation: false,
    });
    expect(second.location).toEqual(first.location);
    const plain = await read(hubex, await imported(hubex, { ...chiller, Название: 'Третий', Адрес: 'г. Ржев' }));
    expect(plain.location).not.toHaveProperty('coordinate');
    const alone = { ...chiller, Широта: 1, Долгота: 1 };
    expect(
      await faultsOf(hubex, [alone, { ...chiller, ...place, Долгота: null }, { ...chiller, ...place, Широта: 91 }]),
    ).toEqual(['H4', 'J5', 'I6']);
  });
  behaviour('B248 wants work types and people that exist', async (hubex) => {
    await hubex.hook();
    await hubex.expect(202, 'PUT /ES/Assets', { assets: [102], responsiblePersonID: 1007 });
    // biome-ignore lint/suspicious/noExplicitAny: only three names of it are of interest
    const { responsiblePerson: person }: any = await read(hubex, 102);
    const full = `${person.lastName} ${person.firstName} ${person.middleName}`;
    const row = { ...chiller, 'Вид работ': 'Все виды работ', Ответственный: full };
    expect(await read(hubex, await imported(hubex, row))).toMatchObject({
      useAllWorkTypes: true,
      responsiblePerson: person,
    });
    expect(await faultsOf(hubex, [{ ...chiller, 'Вид работ': 'Танцы', Ответственный: 'Никто' }])).toEqual(['F4', 'K4']);
  });
  behaviour('B249 takes contacts, time zone and country and says that it holds none', async (hubex) => {
    const columns = ['Название', 'Компания', 'Тип', 'Часовой пояс', 'Страна', 'Контакт: телефон'];
    const told = await hubex.import(
      await workbookOf([{ ...chiller, 'Часовой пояс': 'Омск', 'Контакт: телефон': '+7' }], { columns }),
    );
    expect(told.headers['x-hubex-mock-warning']).toBe(
      'B249 the mock holds no data for LocationTimezoneNameRu, AssetContactPhone',
    );
    const silent = await hubex.import(
      await workbookOf([{ ...chiller, 'Часовой пояс': 'Москва', Страна: 'Россия' }], { columns }),
    );
    expect(silent.headers).not.toHaveProperty('x-hubex-mock-warning');
  });
});
