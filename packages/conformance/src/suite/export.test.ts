import { expect } from 'vitest';
import { conformance } from '../harness/conformance.ts';
import { bytesOf, sheetOf } from '../harness/workbook.ts';

conformance('export', (behaviour) => {
  behaviour('B260 needs AssetsExport and answers with an attachment', async (hubex) => {
    await hubex.expect(403, 'GET /EXPORT/Assets', undefined, { as: 'reader' });
    const { headers, bytes } = await hubex.expect(200, 'GET /EXPORT/Assets');
    expect(headers['content-type']).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    expect(headers['content-disposition']).toMatch(/^attachment; filename="assets.xlsx"; filename\*=UTF-8''%D0/);
    expect((await sheetOf(bytes)).rows).toHaveLength(3 + 40);
    const english = await hubex.expect(200, 'GET /EXPORT/Assets', undefined, { headers: { 'Accept-Language': 'en' } });
    expect((await sheetOf(english.bytes, 'Assets')).rows[2]?.slice(0, 5)).toEqual([
      ...['Name*', 'Company*', 'Type*', 'Class*', 'District*'],
    ]);
    await hubex.expect(409, 'GET /EXPORT/Assets?noData=maybe');
  });
  behaviour('B261 gives the empty template, which can be filled and imported', async (hubex) => {
    await hubex.hook();
    const { bytes } = await hubex.expect(200, 'GET /EXPORT/Assets?noData=true');
    const sheet = await sheetOf(bytes);
    expect(sheet.rows).toHaveLength(3);
    expect(sheet.rows[2]?.slice(0, 5)).toEqual(['Название*', 'Компания*', 'Тип*', 'Класс*', 'Участок*']);
    const row = ['Витрина', 'ООО «Аптека рядом»', 'Холодильная витрина'];
    await hubex.import(await bytesOf({ ...sheet, rows: [...sheet.rows, row] }));
    expect(await hubex.events()).toHaveLength(1);
  });
  behaviour(
    'B262 gives the live assets a caller sees, and importing them changes nothing',
    async (hubex) => {
      await hubex.expect(202, `DELETE /ES/Assets/${await hubex.create()}`);
      const id = await hubex.create({
        parentID: null,
        name: ' _x0041_ =1+1 <&> "\u0001" ',
        notes: 'а\r\nб\tв ',
        erpID: '007',
      });
      await hubex.settled();
      await hubex.hook();
      const { bytes } = await hubex.expect(200, 'GET /EXPORT/Assets');
      const { rows } = await sheetOf(bytes);
      expect(rows).toHaveLength(3 + 41);
      expect(rows.at(-1)?.slice(0, 3)).toEqual([' _x0041_ =1+1 <&> "\u0001" ', 'ООО «Северный ветер»', 'Чиллер']);
      await hubex.import(bytes);
      expect(await hubex.events()).toEqual([]);
      expect((await hubex.expect(200, `GET /ES/Assets/${id}`)).json.notes).toBe('а\r\nб\tв ');
    },
    { assets: 40 },
  );
  behaviour(
    'B262 leaves nothing changed in a tenant with many namesakes',
    async (hubex) => {
      await hubex.hook();
      const { bytes } = await hubex.expect(200, 'GET /EXPORT/Assets');
      await hubex.import(bytes);
      expect(await hubex.events()).toEqual([]);
    },
    { assets: 2_000 },
  );
});
