import { expect } from 'vitest';
import { conformance } from '../harness/conformance.ts';
import type { Hubex, SendOptions } from '../harness/hubex.ts';

/** Ids of a list; empty for 204. */
async function ids(hubex: Hubex, path: string, options?: SendOptions): Promise<readonly number[]> {
  const { status, json } = await hubex.send(`GET ${path}`, undefined, options);
  expect([200, 204]).toContain(status);
  return Object.keys(json ?? {}).map(Number);
}

conformance('assets, reading', (behaviour) => {
  behaviour('B194 gives a child the address of its nearest ancestor', async (hubex) => {
    const id = await hubex.create();
    const grandchild = await hubex.create({ parentID: id });
    const site = (await hubex.expect(200, 'GET /ES/Assets/101')).json;
    expect(site.isHostLocation).toBe(false);
    for (const below of [id, grandchild]) {
      const { json } = await hubex.expect(200, `GET /ES/Assets/${below}`);
      expect(json).toMatchObject({
        isHostLocation: true,
        host: { id: 101, location: { id: site.location.id } },
        hostAsset: { id: 101 },
        location: site.location,
      });
    }
  });
  behaviour('B195 tells whether there are children that are not deleted', async (hubex) => {
    const parent = await hubex.create();
    const child = await hubex.create({ parentID: parent });
    const hasChildren = async (): Promise<boolean> =>
      (await hubex.expect(200, `GET /ES/Assets?assetID=${parent}`)).json[parent].hasChildren;
    expect(await hasChildren()).toBe(true);
    await hubex.expect(202, `DELETE /ES/Assets/${child}`);
    expect(await hasChildren()).toBe(false);
  });
  behaviour('B196 lists assets without a visible parent as roots', async (hubex) => {
    expect(await ids(hubex, '/ES/Assets/root')).toEqual([101, 111, 121, 131]);
  });
  behaviour('B197 lists children one level deep and searches them', async (hubex) => {
    const child = await hubex.create({ name: 'Особый насос' });
    const grandchild = await hubex.create({ parentID: child, name: 'Особый датчик' });
    expect(await ids(hubex, '/ES/Assets/101/assets')).toEqual([102, 103, 104, 105, 106, 107, 108, 109, 110, child]);
    const found = await ids(hubex, `/ES/Assets/101/assets?searchText=${encodeURIComponent('особый')}`);
    expect(found).toEqual([child]);
    expect(found).not.toContain(grandchild);
  });
  behaviour('B198 lists descendants to the lowest level', async (hubex) => {
    const child = await hubex.create();
    const grandchild = await hubex.create({ parentID: child });
    expect(await ids(hubex, '/ES/Assets/101/assets/all')).toEqual([
      102,
      103,
      104,
      105,
      106,
      107,
      108,
      109,
      110,
      child,
      grandchild,
    ]);
  });
  behaviour('B199 shows a member the assets of his districts only', async (hubex) => {
    const northern = await ids(hubex, '/ES/Assets?districtID=2');
    expect(northern.length).toBeGreaterThan(0);
    expect(northern.length).toBeLessThan(40);
    expect(await ids(hubex, '/ES/Assets', { as: 'dispatcher' })).toEqual(northern);
    const hidden = (await ids(hubex, '/ES/Assets')).find((id) => !northern.includes(id));
    await hubex.expect(204, `GET /ES/Assets/${hidden}`, undefined, { as: 'dispatcher' });
    expect(await ids(hubex, '/ES/Assets', { as: 'reader' })).toHaveLength(40);
  });
  behaviour('B200 shows an asset through the districts of its parent when it inherits them', async (hubex) => {
    const [parentID = 0] = await ids(hubex, '/ES/Assets?districtID=2');
    const edit = async (fields: object): Promise<number> => {
      const id = await hubex.create({ parentID, ...fields });
      await hubex.expect(202, 'PUT /ES/Assets', { assets: [id], addedDistricts: [3], deletedDistricts: [2] });
      return id;
    };
    const [heir, stranger] = [await edit({ isInheritParentDistricts: true }), await edit({})];
    const seen = await ids(hubex, '/ES/Assets', { as: 'dispatcher' });
    expect([seen.includes(heir), seen.includes(stranger)]).toEqual([true, false]);
  });
  behaviour('B201 finds any of several terms, whatever the case', async (hubex) => {
    const [a, b] = [await hubex.create({ name: 'Насос Ключ' }), await hubex.create({ serialNumber: 'QQ-77777' })];
    await hubex.create({ name: 'Лишний' });
    expect(await ids(hubex, `/ES/Assets?searchText=${encodeURIComponent('насос ключ;;qq-777')}`)).toEqual([a, b]);
  });
  behaviour(
    'B202 refuses searchText when the tenant has more than one search field',
    async (hubex) => {
      expect((await hubex.expect(400, 'GET /ES/Assets?searchText=x')).json[0].code).toBe(
        'SearchFieldNotAllowedForTenant',
      );
    },
    { switches: { searchFieldsSelected: 2 } },
  );
  behaviour('B202 searches with one search field', async (hubex) => {
    expect((await hubex.send('GET /ES/Assets?searchText=x')).status).toBeLessThan(300);
  });
  behaviour('B203 adds the path from the root', async (hubex) => {
    const id = await hubex.create();
    const row = (await hubex.expect(200, `GET /ES/Assets?assetID=${id}&includePath=true`)).json[id];
    expect(row.path.map((step: { id: number }) => step.id)).toEqual([101, id]);
    expect((await hubex.expect(200, `GET /ES/Assets?assetID=${id}`)).json[id]).not.toHaveProperty('path');
  });
  behaviour('B204 adds tasksActualities', async (hubex) => {
    const { json } = await hubex.expect(200, 'GET /ES/Assets?assetID=101&includeTaskActuality=true');
    expect(Object.values(json[101].tasksActualities)).toEqual([
      { self: expect.any(Number), nested: expect.any(Number) },
    ]);
    expect((await hubex.expect(200, 'GET /ES/Assets?assetID=101')).json[101]).not.toHaveProperty('tasksActualities');
  });
  behaviour('B205 lists published assets only with needForAllowedTasks', async (hubex) => {
    const published = await ids(hubex, '/ES/Assets?isPublished=true');
    expect(published.length).toBeLessThan(40);
    expect(await ids(hubex, '/ES/Assets?needForAllowedTasks=true')).toEqual(published);
    expect(await ids(hubex, '/ES/Assets?needForAllowedTasks=false')).toHaveLength(40);
  });
  behaviour('B206 filters by what an asset is and belongs to', async (hubex) => {
    const id = await hubex.create({
      name: 'Единственный',
      companyID: 7,
      assetTypeID: 9,
      assetClassID: 3,
      erpID: 'ERP-1',
      responsiblePerson: 1005,
      isMobileAsset: true,
      warrantyTill: '2031-05-05T00:00:00',
      positionOnSchema: { schemaID: 1, x: 1, y: 2 },
    });
    const filters = [
      'parentID=101',
      `assetID=${id}`,
      'companyID=7',
      'assetTypeID=9',
      'assetClassID=3',
      'erpID=ERP-1',
      `name=${encodeURIComponent('единств')}`,
      'responsiblePerson=1005',
      'isMobile=true',
      'hasSchema=true',
      'isPublished=false',
      'warrantyFrom=2031-01-01',
      'warrantyTill=2031-12-31',
      `startWithAssetID=${id}`,
    ];
    for (const filter of filters) expect(await ids(hubex, `/ES/Assets?${filter}`), filter).toContain(id);
    expect(await ids(hubex, `/ES/Assets?${filters.join('&')}`)).toEqual([id]);
    for (const filter of [
      'parentID=111',
      'assetID=101',
      'companyID=1',
      'assetTypeID=4',
      'assetClassID=1',
      'erpID=ERP',
      'name=zzz',
      'responsiblePerson=1006',
      'isMobile=false',
      'hasSchema=false',
      'isPublished=true',
      'warrantyFrom=2032-01-01',
      'warrantyTill=2030-12-31',
      `startWithAssetID=${id + 1}`,
    ]) {
      expect(await ids(hubex, `/ES/Assets?${filter}`), filter).not.toContain(id);
    }
  });
  behaviour('B207 does not filter by parentID=-1', async (hubex) => {
    expect(await ids(hubex, '/ES/Assets?parentID=-1')).toHaveLength(40);
  });
  behaviour('B208 takes filters it has no data for without filtering, and says so', async (hubex) => {
    for (const filter of [
      'tag=x',
      'contactID=1',
      'contractID=1',
      'attributeValues=x',
      'taskTypeID=1',
      'isAssigned=true',
    ]) {
      const reply = await hubex.expect(200, `GET /ES/Assets?${filter}`);
      expect(Object.keys(reply.json)).toHaveLength(40);
      expect(reply.headers['x-hubex-mock-warning']).toMatch(/B208/);
    }
  });
  behaviour('B212 shows references as objects where the write takes ids', async (hubex) => {
    const id = await hubex.create({
      responsiblePerson: 1005,
      scheduleRuleID: 2,
      positionOnSchema: { schemaID: 1, x: 3, y: 4 },
    });
    expect((await hubex.expect(200, `GET /ES/Assets/${id}`)).json).toMatchObject({
      assetClass: { id: 1, name: 'По умолчанию' },
      assetType: { id: 4, name: 'Чиллер', isHostable: false },
      company: { id: 1 },
      parent: { id: 101, assetType: { isHostable: true } },
      responsiblePerson: { userID: 1005, lastName: expect.any(String) },
      scheduleRule: { id: 2 },
      positionOnSchema: { schemaID: 1, x: 3, y: 4, isNotSet: false },
    });
  });
});
