import { expect } from 'vitest';
import { conformance } from '../harness/conformance.ts';
import type { Hubex } from '../harness/hubex.ts';

const asset = { name: 'Чиллер', companyID: 1, assetTypeID: 4, assetClassID: 1, parentID: 101 };

/** A parent, its child and its grandchild. */
async function family(hubex: Hubex): Promise<readonly [number, number, number]> {
  const parent = await hubex.create();
  const child = await hubex.create({ parentID: parent });
  return [parent, child, await hubex.create({ parentID: child })];
}

async function isDeleted(hubex: Hubex, id: number): Promise<boolean> {
  return 'deleted' in (await hubex.expect(200, `GET /ES/Assets/${id}`)).json;
}

/** An asset of the seed with an active task. */
async function busyAsset(hubex: Hubex): Promise<number> {
  const rows = (await hubex.expect(200, 'GET /ES/Assets?includeTaskActuality=true')).json;
  const busy = Object.values<{ id: number; tasksActualities: Record<string, { self: number }> }>(rows).find(
    (row) => row.tasksActualities['1']?.self,
  );
  expect(busy).toBeDefined();
  return busy?.id ?? 0;
}

conformance('assets, life cycle', (behaviour) => {
  behaviour(
    'B180 B181 keeps a deleted asset readable by id, out of lists but for isDeleted=true, and causes 42',
    async (hubex) => {
      const id = await hubex.create();
      await hubex.hook();
      await hubex.expect(202, `DELETE /ES/Assets/${id}`);
      expect((await hubex.expect(200, `GET /ES/Assets/${id}`)).json.deleted).toBe('2026-03-02T08:15:40');
      expect((await hubex.expect(200, 'GET /ES/Assets')).json).not.toHaveProperty(String(id));
      expect(Object.keys((await hubex.expect(200, 'GET /ES/Assets?isDeleted=true')).json)).toEqual([String(id)]);
      expect((await hubex.expect(200, 'GET /ES/Assets?isDeleted=false')).json).not.toHaveProperty(String(id));
      expect(await hubex.events()).toEqual([`42 ${id}`]);
    },
  );
  behaviour('B182 B211 deletes many: one 42 each, an id twice counts once', async (hubex) => {
    const [a, b] = [await hubex.create(), await hubex.create()];
    await hubex.hook();
    await hubex.expect(202, 'DELETE /ES/Assets', [a, b, a]);
    expect(await hubex.events()).toEqual([`42 ${a}`, `42 ${b}`]);
  });
  behaviour('B183 deletes descendants in full, singly and in bulk: one 42 each', async (hubex) => {
    const [one, two] = [await family(hubex), await family(hubex)];
    await hubex.hook();
    await hubex.expect(202, `DELETE /ES/Assets/${one[0]}/full`);
    await hubex.expect(202, 'DELETE /ES/Assets/full', [two[0], two[1]]);
    expect(await hubex.events()).toEqual([...one, ...two].map((id) => `42 ${id}`));
  });
  behaviour('B184 leaves children where they are', async (hubex) => {
    const [parent, child] = await family(hubex);
    await hubex.hook();
    await hubex.expect(202, `DELETE /ES/Assets/${parent}`);
    expect(await isDeleted(hubex, child)).toBe(false);
    expect(await hubex.events()).toEqual([`42 ${parent}`]);
  });
  behaviour(
    'B184 takes children along when told so',
    async (hubex) => {
      const [parent, child] = await family(hubex);
      await hubex.expect(202, `DELETE /ES/Assets/${parent}`);
      expect(await isDeleted(hubex, child)).toBe(true);
    },
    { switches: { deleteChildren: 'deleted' } },
  );
  behaviour('B185 B186 restores: 41 each, descendants with withNested', async (hubex) => {
    const [parent, child, grandchild] = await family(hubex);
    await hubex.expect(202, `DELETE /ES/Assets/${parent}/full`);
    await hubex.hook();
    await hubex.expect(202, 'PUT /ES/Assets/restore', [parent]);
    expect([await isDeleted(hubex, parent), await isDeleted(hubex, child)]).toEqual([false, true]);
    await hubex.expect(202, 'PUT /ES/Assets/restore?withNested=true', [parent]);
    expect([await isDeleted(hubex, child), await isDeleted(hubex, grandchild)]).toEqual([false, false]);
    expect(await hubex.events()).toEqual([`41 ${parent}`, `41 ${child}`, `41 ${grandchild}`]);
  });
  behaviour(
    'B185 causes 40 for a restoration when told so',
    async (hubex) => {
      const id = await hubex.create();
      await hubex.expect(202, `DELETE /ES/Assets/${id}`);
      await hubex.hook();
      await hubex.expect(202, 'PUT /ES/Assets/restore', [id]);
      expect(await hubex.events()).toEqual([`40 ${id}`]);
    },
    { switches: { restoreEvent: '40' } },
  );
  behaviour('B187 answers 409 AssetNotFound to changes of an unknown id', async (hubex) => {
    for (const [what, body] of [
      ['PUT /ES/Assets/999999', asset],
      ['DELETE /ES/Assets/999999', undefined],
      ['DELETE /ES/Assets/999999/full', undefined],
      ['PUT /ES/Assets/999999/publish', undefined],
      ['PUT /ES/Assets/999999/unpublish', undefined],
    ] as const) {
      expect((await hubex.expect(409, what, body)).json[0].code).toBe('AssetNotFound');
    }
  });
  behaviour(
    'B187 answers 404 with X-ServiceFabric when told so',
    async (hubex) => {
      const reply = await hubex.expect(404, 'DELETE /ES/Assets/999999');
      expect(reply.headers['x-servicefabric']).toBe('ResourceNotFound');
      expect(reply.json[0].code).toBe('AssetNotFound');
    },
    { switches: { unknownAssetStatus: '404' } },
  );
  behaviour('B188 answers 409 AssetDeleted to changes of a deleted asset', async (hubex) => {
    const id = await hubex.create();
    await hubex.expect(202, `DELETE /ES/Assets/${id}`);
    for (const [what, body] of [
      [`PUT /ES/Assets/${id}`, asset],
      [`DELETE /ES/Assets/${id}`, undefined],
      [`PUT /ES/Assets/${id}/publish`, undefined],
      [`PUT /ES/Assets/${id}/unpublish`, undefined],
      ['PUT /ES/Assets', { assets: [id], companyID: 2 }],
    ] as const) {
      expect((await hubex.expect(409, what, body)).json[0].code).toBe('AssetDeleted');
    }
  });
  behaviour('B189 changes nothing when a mass operation names an unknown asset', async (hubex) => {
    const id = await hubex.create();
    await hubex.hook();
    const before = (await hubex.expect(200, `GET /ES/Assets/${id}`)).json;
    await hubex.expect(409, 'PUT /ES/Assets', { assets: [id, 999_999], companyID: 2 });
    await hubex.expect(409, 'DELETE /ES/Assets', [id, 999_999]);
    await hubex.expect(409, 'DELETE /ES/Assets/full', [id, 999_999]);
    await hubex.expect(409, 'PUT /ES/Assets/restore', [id, 999_999]);
    expect((await hubex.expect(200, `GET /ES/Assets/${id}`)).json).toEqual(before);
    expect(await hubex.events()).toEqual([]);
  });
  behaviour('B190 B192 publishes and unpublishes: published and publishedBy come and go, 43 and 44', async (hubex) => {
    const id = await hubex.create();
    await hubex.hook();
    await hubex.expect(202, `PUT /ES/Assets/${id}/publish`);
    expect((await hubex.expect(200, `GET /ES/Assets/${id}`)).json).toMatchObject({
      published: '2026-03-02T08:15:40',
      publishedBy: 11,
    });
    await hubex.expect(202, `PUT /ES/Assets/${id}/unpublish`);
    const { json } = await hubex.expect(200, `GET /ES/Assets/${id}`);
    expect(json).not.toHaveProperty('published');
    expect(json).not.toHaveProperty('publishedBy');
    expect(await hubex.events()).toEqual([`43 ${id}`, `44 ${id}`]);
  });
  behaviour('B191 refuses to publish a hostable asset without an address', async (hubex) => {
    const id = await hubex.create({ assetTypeID: 1, parentID: null });
    const reply = await hubex.expect(409, `PUT /ES/Assets/${id}/publish`);
    expect(reply.headers['x-application-errors']).toBe('InvalidOperation');
    expect(reply.json[0].message).toMatch(/[а-я]/);
    await hubex.expect(409, 'PUT /ES/Assets', { assets: [id], isPublished: true });
  });
  behaviour('B193 accepts a repeated publish and unpublish without an event', async (hubex) => {
    const id = await hubex.create({ isAutoPublish: true });
    await hubex.hook();
    await hubex.expect(202, `PUT /ES/Assets/${id}/publish`);
    await hubex.expect(202, `PUT /ES/Assets/${id}/unpublish`);
    await hubex.expect(202, `PUT /ES/Assets/${id}/unpublish`);
    expect(await hubex.events()).toEqual([`44 ${id}`]);
  });
  behaviour(
    'B193 answers AlreadyDone to a repetition when told so',
    async (hubex) => {
      const id = await hubex.create();
      expect((await hubex.expect(409, `PUT /ES/Assets/${id}/unpublish`)).json[0].code).toBe('AlreadyDone');
    },
    { switches: { repeatedPublish: 'already-done' } },
  );
  behaviour('B210 refuses to delete an asset with an active task', async (hubex) => {
    const id = await busyAsset(hubex);
    for (const [what, body] of [
      [`DELETE /ES/Assets/${id}`, undefined],
      ['DELETE /ES/Assets', [id]],
    ] as const) {
      expect((await hubex.expect(409, what, body)).json[0].code).toBe('InvalidOperation');
    }
  });
  behaviour(
    'B210 deletes it when told so',
    async (hubex) => {
      await hubex.expect(202, `DELETE /ES/Assets/${await busyAsset(hubex)}`);
    },
    { switches: { deleteWithActiveTask: 'allowed' } },
  );
  behaviour('B213 lets a member change only what he sees', async (hubex) => {
    const all = Object.keys((await hubex.expect(200, 'GET /ES/Assets')).json);
    const northern = Object.keys((await hubex.expect(200, 'GET /ES/Assets', undefined, { as: 'dispatcher' })).json);
    const hidden = all.find((id) => !northern.includes(id));
    const [own] = northern;
    expect([typeof hidden, typeof own]).toEqual(['string', 'string']);
    const unseen = await hubex.expect(409, `PUT /ES/Assets/${hidden}/unpublish`, undefined, { as: 'dispatcher' });
    expect(unseen.json[0].code).toBe('AssetNotFound');
    await hubex.expect(409, `PUT /ES/Assets/${hidden}`, asset, { as: 'dispatcher' });
    await hubex.expect(
      409,
      'PUT /ES/Assets',
      { assets: [Number(hidden), Number(own)], companyID: 2 },
      { as: 'dispatcher' },
    );
    await hubex.expect(202, 'PUT /ES/Assets', { assets: [Number(own)], companyID: 2 }, { as: 'dispatcher' });
  });
});
