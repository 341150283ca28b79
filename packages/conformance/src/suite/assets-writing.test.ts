import { expect } from 'vitest';
import { conformance } from '../harness/conformance.ts';

const asset = { name: 'Чиллер', companyID: 1, assetTypeID: 4, assetClassID: 1, parentID: 101 };
const stamp = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

conformance('assets, writing', (behaviour) => {
  behaviour('B160 answers a creation with 201, id and name, and causes 40', async (hubex) => {
    await hubex.hook();
    const { json } = await hubex.expect(201, 'POST /ES/Assets', asset);
    expect(json).toEqual({ id: expect.any(Number), name: 'Чиллер' });
    expect(await hubex.events()).toEqual([`40 ${json.id}`]);
  });
  behaviour('B161 B163 refuses an asset without name, company, type or class', async (hubex) => {
    for (const field of ['name', 'companyID', 'assetTypeID', 'assetClassID']) {
      for (const value of [undefined, null]) {
        const reply = await hubex.expect(409, 'POST /ES/Assets', { ...asset, [field]: value });
        expect(reply.json[0]).toMatchObject({ code: 'InvalidData', message: expect.stringContaining(field) });
        await hubex.expect(409, 'PUT /ES/Assets/102', { ...asset, [field]: value });
      }
    }
    await hubex.expect(409, 'POST /ES/Assets', { ...asset, name: '  ' });
  });
  behaviour('B162 takes an erpID of 64 characters and refuses 65', async (hubex) => {
    await hubex.expect(201, 'POST /ES/Assets', { ...asset, erpID: 'я'.repeat(64) });
    expect((await hubex.expect(409, 'POST /ES/Assets', { ...asset, erpID: 'я'.repeat(65) })).json[0].code).toBe(
      'InvalidData',
    );
  });
  behaviour('B164 counts booleans left out as false', async (hubex) => {
    const { json } = await hubex.expect(200, `GET /ES/Assets/${await hubex.create()}`);
    expect(json).toMatchObject({ isMobileAsset: false, isInheritParentDistricts: false, useAllWorkTypes: false });
  });
  behaviour('B165 refuses references to what does not exist', async (hubex) => {
    const wrong = {
      companyID: 'Company',
      assetTypeID: 'AssetType',
      assetClassID: 'AssetClass',
      locationID: 'Location',
      parentID: 'Asset',
      responsiblePerson: 'User',
      scheduleRuleID: 'ScheduleRule',
    };
    for (const [field, entity] of Object.entries(wrong)) {
      const reply = await hubex.expect(409, 'POST /ES/Assets', { ...asset, [field]: 987_654 });
      expect(reply.json[0].code).toBe(`${entity}NotFound`);
    }
    expect((await hubex.expect(409, 'PUT /ES/Assets', { assets: [102], companyID: 987_654 })).json[0].code).toBe(
      'CompanyNotFound',
    );
  });
  behaviour('B166 publishes at once with isAutoPublish and an address: 40, then 43', async (hubex) => {
    await hubex.hook();
    const id = await hubex.create({ isAutoPublish: true });
    await hubex.settled();
    const order = hubex.control.deliveries().items.map(({ eventId }) => eventId);
    expect(order).toEqual([40, 43]);
    expect((await hubex.expect(200, `GET /ES/Assets/${id}`)).json.published).toBe('2026-03-02T08:15:40');
  });
  behaviour(
    'B166 causes 40 alone when told so',
    async (hubex) => {
      await hubex.hook();
      const id = await hubex.create({ isAutoPublish: true });
      expect(await hubex.events()).toEqual([`40 ${id}`]);
    },
    { switches: { autoPublishEvents: '40-only' } },
  );
  behaviour('B167 creates without publishing when there is no address', async (hubex) => {
    await hubex.hook();
    const id = await hubex.create({ assetTypeID: 1, parentID: null, isAutoPublish: true });
    expect(await hubex.events()).toEqual([`40 ${id}`]);
    expect((await hubex.expect(200, `GET /ES/Assets/${id}`)).json).not.toHaveProperty('published');
  });
  behaviour('B168 refuses a stamp that is empty, too long or no GUID', async (hubex) => {
    for (const value of ['', 'x'.repeat(256), 'no-guid']) {
      await hubex.expect(400, 'POST /ES/Assets', asset, { headers: { 'X-Concurrency-Stamp': value } });
    }
  });
  behaviour('B169 answers a repeated stamp with 409 and the asset it created', async (hubex) => {
    await hubex.hook();
    const headers = { 'X-Concurrency-Stamp': stamp };
    const first = await hubex.expect(201, 'POST /ES/Assets', asset, { headers });
    const second = await hubex.expect(409, 'POST /ES/Assets', { ...asset, name: 'Другой' }, { headers });
    expect(second.json).toEqual({ id: first.json.id, name: 'Чиллер', concurrencyStamp: stamp });
    expect(await hubex.events()).toEqual([`40 ${first.json.id}`]);
  });
  behaviour('B170 B171 replaces all fields on update and causes 41, even when nothing changes', async (hubex) => {
    const id = await hubex.create({ notes: 'Заметка', serialNumber: 'S-1' });
    await hubex.hook();
    await hubex.expect(202, `PUT /ES/Assets/${id}`, { ...asset, name: 'Новый' });
    const { json } = await hubex.expect(200, `GET /ES/Assets/${id}`);
    expect(json.name).toBe('Новый');
    expect(json).not.toHaveProperty('notes');
    expect(json).not.toHaveProperty('serialNumber');
    await hubex.expect(202, `PUT /ES/Assets/${id}`, { ...asset, name: 'Новый' });
    expect(await hubex.events()).toEqual([`41 ${id}`, `41 ${id}`]);
  });
  behaviour(
    'B171 stays silent when nothing changes, when told so',
    async (hubex) => {
      const id = await hubex.create();
      await hubex.hook();
      await hubex.expect(202, `PUT /ES/Assets/${id}`, asset);
      expect(await hubex.events()).toEqual([]);
    },
    { switches: { noopUpdateEvent: 'none' } },
  );
  behaviour('B172 takes escalation flags and isAutoPublish but never shows them', async (hubex) => {
    const id = await hubex.create({ isSkipForEscalation: true, isStopEscalation: true, isAutoPublish: true });
    const { json } = await hubex.expect(200, `GET /ES/Assets/${id}`);
    for (const name of ['isSkipForEscalation', 'isStopEscalation', 'isAutoPublish'])
      expect(json).not.toHaveProperty(name);
  });
  behaviour('B173 B211 edits many, leaves absent and null alone and counts an id once', async (hubex) => {
    const [a, b] = [await hubex.create({ serialNumber: 'S-1' }), await hubex.create()];
    await hubex.hook();
    await hubex.expect(202, 'PUT /ES/Assets', { assets: [a, b, a], companyID: 2, assetClassID: null });
    expect((await hubex.expect(200, `GET /ES/Assets/${a}`)).json).toMatchObject({
      company: { id: 2 },
      serialNumber: 'S-1',
      assetClass: { id: 1 },
    });
    expect(await hubex.events()).toEqual([`41 ${a}`, `41 ${b}`]);
  });
  behaviour('B174 causes only 43 or 44 for an edit of isPublished alone, where the state changes', async (hubex) => {
    const [a, b] = [await hubex.create({ isAutoPublish: true }), await hubex.create()];
    await hubex.hook();
    await hubex.expect(202, 'PUT /ES/Assets', { assets: [a, b], isPublished: true });
    await hubex.expect(202, 'PUT /ES/Assets', { assets: [a], isPublished: false });
    expect(await hubex.events()).toEqual([`43 ${b}`, `44 ${a}`]);
  });
  behaviour(
    'B174 causes 41 as well when told so',
    async (hubex) => {
      const id = await hubex.create();
      await hubex.hook();
      await hubex.expect(202, 'PUT /ES/Assets', { assets: [id], isPublished: true });
      expect(await hubex.events()).toEqual([`41 ${id}`, `43 ${id}`]);
    },
    { switches: { massPublishEvents: 'published-and-changed' } },
  );
  behaviour('B175 causes 41 and 43 for an edit of isPublished with other fields', async (hubex) => {
    const [a, b] = [await hubex.create(), await hubex.create({ isAutoPublish: true })];
    await hubex.hook();
    await hubex.expect(202, 'PUT /ES/Assets', { assets: [a, b], isPublished: true, scheduleRuleID: 1 });
    expect(await hubex.events()).toEqual([`41 ${a}`, `41 ${b}`, `43 ${a}`]);
  });
  behaviour('B176 refuses a mass edit without assets', async (hubex) => {
    expect((await hubex.expect(409, 'PUT /ES/Assets', { companyID: 2 })).json[0].code).toBe('InvalidData');
  });
  behaviour('B177 adds and removes districts, skills, work types and check lists', async (hubex) => {
    const id = await hubex.create();
    const edit = { addedDistricts: [3], addedSkills: [2], addedWorkTypes: [4], addedCheckLists: [1] };
    await hubex.expect(202, 'PUT /ES/Assets', { assets: [id], ...edit });
    const query = `assetID=${id}&districtID=3&skillID=2&workTypeID=4&checkListID=1`;
    expect(Object.keys((await hubex.expect(200, `GET /ES/Assets?${query}`)).json)).toEqual([String(id)]);
    for (const [name, filter] of [
      ['Districts', 'districtID=3'],
      ['Skills', 'skillID=2'],
      ['WorkTypes', 'workTypeID=4'],
      ['CheckLists', 'checkListID=1'],
    ]) {
      const [value] = Object.entries(edit).find(([key]) => key === `added${name}`)?.[1] ?? [];
      await hubex.expect(202, 'PUT /ES/Assets', { assets: [id], [`deleted${name}`]: [value] });
      await hubex.expect(204, `GET /ES/Assets?assetID=${id}&${filter}`);
    }
  });
  behaviour('B178 B179 locks the type of a published asset for a single update, not for a mass edit', async (hubex) => {
    const id = await hubex.create({ isAutoPublish: true });
    expect((await hubex.expect(409, `PUT /ES/Assets/${id}`, { ...asset, assetTypeID: 5 })).json[0].code).toBe(
      'InvalidOperation',
    );
    await hubex.expect(202, 'PUT /ES/Assets', { assets: [id], assetTypeID: 5 });
    expect((await hubex.expect(200, `GET /ES/Assets/${id}`)).json).toMatchObject({
      assetType: { id: 5 },
      published: expect.any(String),
    });
  });
  behaviour(
    'B178 does not lock the type when told so',
    async (hubex) => {
      const id = await hubex.create({ isAutoPublish: true });
      await hubex.expect(202, `PUT /ES/Assets/${id}`, { ...asset, assetTypeID: 5 });
    },
    { switches: { typeLockedWhilePublished: false } },
  );
  behaviour('B209 refuses to make an asset its own ancestor', async (hubex) => {
    const parent = await hubex.create();
    const child = await hubex.create({ parentID: parent });
    for (const parentID of [parent, child]) {
      expect((await hubex.expect(409, `PUT /ES/Assets/${parent}`, { ...asset, parentID })).json[0].code).toBe(
        'InvalidOperation',
      );
      await hubex.expect(409, 'PUT /ES/Assets', { assets: [parent], parentID });
    }
  });
});
