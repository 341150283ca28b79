import { expect } from 'vitest';
import { conformance } from '../harness/conformance.ts';

conformance('events', (behaviour) => {
  behaviour('B090 answers a map keyed by event id to those who have EventList', async (hubex) => {
    const { json } = await hubex.expect(200, 'GET /COMMON/Events', undefined, { as: 'reader' });
    expect(json['40']).toMatchObject({ id: 40 });
    expect(Array.isArray(json)).toBe(false);
  });
  behaviour('B091 B092 lists the five asset events with their names and codes', async (hubex) => {
    const { json } = await hubex.expect(200, 'GET /COMMON/Events');
    expect([40, 41, 42, 43, 44].map((id) => [json[id].name, json[id].code])).toEqual([
      ['Создание объекта', 'AssetCreated'],
      ['Изменение объекта', 'AssetChanged'],
      ['Удаление объекта', 'AssetDeleted'],
      ['Публикация объекта', 'AssetPublished'],
      ['Снятие объекта с публикации', 'AssetUnpublished'],
    ]);
  });
  behaviour('B093 lists task events too', async (hubex) => {
    const { json } = await hubex.expect(200, 'GET /COMMON/Events');
    const names = Object.values<{ name: string }>(json).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['Создана новая заявка', 'Заявка изменена', 'Создано сообщение по заявке']),
    );
  });
  behaviour('B094 takes its three filters without changing the catalogue', async (hubex) => {
    const whole = (await hubex.expect(200, 'GET /COMMON/Events')).json;
    expect(
      (await hubex.expect(200, 'GET /COMMON/Events?eventTransportTypeID=1&isSystem=true&isHidden=false')).json,
    ).toEqual(whole);
    await hubex.expect(409, 'GET /COMMON/Events?isSystem=perhaps');
  });
});
