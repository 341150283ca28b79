import { expect } from 'vitest';
import { conformance } from '../harness/conformance.ts';
import type { Hubex } from '../harness/hubex.ts';

const hook = { name: 'Обмен', uri: 'http://127.0.0.1:9/x', isActive: true, events: [40], taskStages: [] };

/** Causes `count` events that fail. */
async function fail(hubex: Hubex, count: number): Promise<void> {
  hubex.recorder.answer = () => 500;
  for (let call = 0; call < count; call++) {
    await hubex.create();
    await hubex.settled();
  }
}

conformance('webhooks', (behaviour) => {
  behaviour('B100 B117 creates a webhook with ten calls', async (hubex) => {
    const [id] = (await hubex.expect(201, 'POST /MSG/Webhooks', [hook])).json;
    expect((await hubex.expect(200, `GET /MSG/Webhooks/${id}`)).json).toMatchObject({
      id,
      name: 'Обмен',
      callsRemaining: 10,
      isActive: true,
    });
    await hubex.expect(201, 'POST /MSG/Webhooks', [{ ...hook, id: null }]);
    expect(Object.keys((await hubex.expect(200, 'GET /MSG/Webhooks')).json)).toHaveLength(2);
  });
  behaviour('B101 B102 replaces the whole record of a webhook that is named by id', async (hubex) => {
    const id = await hubex.hook({ taskStages: [1, 2], description: 'Описание' });
    const reply = await hubex.expect(201, 'POST /MSG/Webhooks', [{ id, name: 'Новое имя', uri: hook.uri }]);
    expect(reply.json).toEqual([id]);
    expect(reply.headers['x-hubex-mock-warning']).toMatch(/B102/);
    expect((await hubex.expect(200, `GET /MSG/Webhooks/${id}`)).json).toMatchObject({
      name: 'Новое имя',
      isActive: false,
      events: [],
      taskStages: [],
    });
  });
  behaviour(
    'B102 keeps fields left out when told so',
    async (hubex) => {
      const id = await hubex.hook();
      await hubex.expect(201, 'POST /MSG/Webhooks', [{ id, name: 'Новое имя' }]);
      const { json } = await hubex.expect(200, `GET /MSG/Webhooks/${id}`);
      expect(json).toMatchObject({ name: 'Новое имя', isActive: true, uri: hubex.receiverUrl });
      expect(json.events).toHaveLength(5);
    },
    { switches: { mergeAbsentFields: 'kept' } },
  );
  behaviour('B103 refuses an unknown or deleted id with 400 NotFound', async (hubex) => {
    const id = await hubex.hook();
    await hubex.expect(202, `DELETE /MSG/Webhooks/${id}`);
    for (const unknown of [id, 999]) {
      expect((await hubex.expect(400, 'POST /MSG/Webhooks', [{ ...hook, id: unknown }])).json[0].code).toBe('NotFound');
    }
  });
  behaviour('B104 refuses an empty name, an unusable uri and an unknown event', async (hubex) => {
    for (const wrong of [
      { name: ' ' },
      { name: null },
      { uri: 'no address' },
      { uri: 'ftp://a.example/x' },
      { uri: null },
      { events: [200] },
      { taskStages: [99] },
    ]) {
      expect((await hubex.expect(400, 'POST /MSG/Webhooks', [{ ...hook, ...wrong }])).json[0].code).toBe('InvalidData');
    }
    await hubex.expect(201, 'POST /MSG/Webhooks', [{ ...hook, uri: 'http://${host}/${path}?key=${key}' }]);
  });
  behaviour('B105 merges all or nothing', async (hubex) => {
    await hubex.expect(400, 'POST /MSG/Webhooks', [hook, { ...hook, name: '' }]);
    await hubex.expect(204, 'GET /MSG/Webhooks');
  });
  behaviour('B106 returns ids in the order of the input', async (hubex) => {
    const [a, b] = (await hubex.expect(201, 'POST /MSG/Webhooks', [hook, hook])).json;
    const merged = (await hubex.expect(201, 'POST /MSG/Webhooks', [{ ...hook, id: b }, hook, { ...hook, id: a }])).json;
    expect([merged[0], merged[2]]).toEqual([b, a]);
  });
  behaviour('B107 is inactive when isActive is left out', async (hubex) => {
    const { isActive: _, ...silent } = hook;
    const [id] = (await hubex.expect(201, 'POST /MSG/Webhooks', [silent])).json;
    expect((await hubex.expect(200, `GET /MSG/Webhooks/${id}`)).json.isActive).toBe(false);
  });
  behaviour('B108 B109 B110 B123 shows in list and details what belongs there', async (hubex) => {
    const uri = 'http://127.0.0.1:9/${path}?key=${key}';
    const [id] = (
      await hubex.expect(201, 'POST /MSG/Webhooks', [{ ...hook, uri, description: 'Только запись', taskStages: [1] }])
    ).json;
    const item = (await hubex.expect(200, 'GET /MSG/Webhooks')).json[id];
    expect(item).toEqual({ id, name: 'Обмен', isActive: true, callsRemaining: 10 });
    const details = (await hubex.expect(200, `GET /MSG/Webhooks/${id}`)).json;
    expect(details).toMatchObject({
      uri,
      events: [{ id: 40, name: 'Создание объекта' }],
      taskStages: [{ id: 1, name: 'Новая' }],
    });
    expect(details).not.toHaveProperty('description');
  });
  behaviour('B111 B112 deletes one and several: out of the list, 204 by id, no calls', async (hubex) => {
    const [a, b, c] = [await hubex.hook(), await hubex.hook(), await hubex.hook()];
    await hubex.expect(202, `DELETE /MSG/Webhooks/${a}`);
    await hubex.expect(202, 'DELETE /MSG/Webhooks', [b]);
    await hubex.expect(204, `GET /MSG/Webhooks/${a}`);
    expect(Object.keys((await hubex.expect(200, 'GET /MSG/Webhooks')).json)).toEqual([String(c)]);
    const id = await hubex.create();
    expect(await hubex.events()).toEqual([`40 ${id}`]);
  });
  behaviour('B113 B114 activates and deactivates; what happens meanwhile is lost', async (hubex) => {
    const [a, b] = [await hubex.hook(), await hubex.hook()];
    await hubex.expect(202, `PUT /MSG/Webhooks/deactivate/${a}`);
    await hubex.expect(202, 'PUT /MSG/Webhooks/deactivate', [b]);
    await hubex.create();
    expect(await hubex.events()).toEqual([]);
    await hubex.expect(202, `PUT /MSG/Webhooks/activate/${a}`);
    await hubex.expect(202, 'PUT /MSG/Webhooks/activate', [b]);
    const id = await hubex.create();
    expect(await hubex.events()).toEqual([`40 ${id}`, `40 ${id}`]);
  });
  behaviour('B115 restores the calls on activation', async (hubex) => {
    const id = await hubex.hook();
    await fail(hubex, 3);
    expect((await hubex.expect(200, `GET /MSG/Webhooks/${id}`)).json.callsRemaining).toBe(7);
    await hubex.expect(202, `PUT /MSG/Webhooks/activate/${id}`);
    expect((await hubex.expect(200, `GET /MSG/Webhooks/${id}`)).json.callsRemaining).toBe(10);
  });
  behaviour(
    'B115 leaves the calls alone when told so',
    async (hubex) => {
      const id = await hubex.hook();
      await fail(hubex, 3);
      await hubex.expect(202, `PUT /MSG/Webhooks/activate/${id}`);
      expect((await hubex.expect(200, `GET /MSG/Webhooks/${id}`)).json.callsRemaining).toBe(7);
    },
    { switches: { activationRestoresCalls: false } },
  );
  behaviour('B116 answers 202 to unknown ids', async (hubex) => {
    for (const what of ['PUT /MSG/Webhooks/activate/99', 'PUT /MSG/Webhooks/deactivate/99', 'DELETE /MSG/Webhooks/99'])
      await hubex.expect(202, what);
    for (const what of ['PUT /MSG/Webhooks/activate', 'PUT /MSG/Webhooks/deactivate', 'DELETE /MSG/Webhooks'])
      await hubex.expect(202, what, [99]);
  });
  behaviour('B118 takes one call for a failure and restores ten on success', async (hubex) => {
    const id = await hubex.hook();
    await fail(hubex, 9);
    expect((await hubex.expect(200, `GET /MSG/Webhooks/${id}`)).json).toMatchObject({
      callsRemaining: 1,
      isActive: true,
    });
    hubex.recorder.answer = () => 200;
    await hubex.create();
    await hubex.settled();
    expect((await hubex.expect(200, `GET /MSG/Webhooks/${id}`)).json.callsRemaining).toBe(10);
  });
  behaviour('B119 switches the webhook off after ten failures in a row', async (hubex) => {
    const id = await hubex.hook();
    await fail(hubex, 10);
    expect((await hubex.expect(200, `GET /MSG/Webhooks/${id}`)).json).toMatchObject({
      callsRemaining: 0,
      isActive: false,
    });
    await hubex.create();
    await hubex.settled();
    expect(hubex.recorder.received).toHaveLength(10);
  });
  behaviour('B120 B121 keeps the text and the times of the latest call', async (hubex) => {
    const id = await hubex.hook();
    await fail(hubex, 1);
    const failed = (await hubex.expect(200, `GET /MSG/Webhooks/${id}`)).json.lastCall;
    expect(failed.exception).toMatch(/500/);
    expect(failed.started).toMatch(/^2026-03-02T08:15:40\.\d{7}$/);
    const item = (await hubex.expect(200, 'GET /MSG/Webhooks')).json[id].lastCall;
    expect(item).toEqual({ completed: failed.completed, exception: failed.exception });
    hubex.recorder.answer = () => 204;
    await hubex.create();
    await hubex.settled();
    expect((await hubex.expect(200, `GET /MSG/Webhooks/${id}`)).json.lastCall).not.toHaveProperty('exception');
  });
  behaviour('B122 binds events and stages together; asset events come all the same', async (hubex) => {
    await hubex.hook({ events: [40], taskStages: [1, 2] });
    const id = await hubex.create();
    expect(await hubex.events()).toEqual([`40 ${id}`]);
  });
  behaviour('B124 B126 fills placeholders at call time, percent-encoded', async (hubex) => {
    await hubex.hook({ uri: `${hubex.receiverUrl}/\${way}?key=\${key}` });
    await hubex.expect(201, 'POST /ADM/Tenants/this/variables', [
      { name: 'way', value: 'a b' },
      { name: 'key', value: 'x&y' },
    ]);
    await hubex.create();
    await hubex.settled();
    await hubex.expect(202, 'PUT /ADM/Tenants/this/variables', [{ name: 'key', value: 'new' }]);
    await hubex.create();
    await hubex.settled();
    expect(hubex.recorder.received.map(({ url }) => url)).toEqual(['/hook/a%20b?key=x%26y', '/hook/a%20b?key=new']);
  });
  behaviour(
    'B126 fills placeholders raw when told so',
    async (hubex) => {
      await hubex.hook({ uri: `${hubex.receiverUrl}?key=\${key}` });
      await hubex.expect(201, 'POST /ADM/Tenants/this/variables', [{ name: 'key', value: 'x&y=1' }]);
      await hubex.create();
      await hubex.settled();
      expect(hubex.recorder.received[0]?.url).toBe('/hook?key=x&y=1');
    },
    { switches: { placeholderEncoding: 'raw' } },
  );
  behaviour('B125 leaves an unknown placeholder as it is', async (hubex) => {
    await hubex.hook({ uri: `${hubex.receiverUrl}?key=\${nobody}` });
    await hubex.create();
    await hubex.settled();
    expect(decodeURIComponent(hubex.recorder.received[0]?.url ?? '')).toBe('/hook?key=${nobody}');
  });
  behaviour(
    'B125 empties an unknown placeholder when told so',
    async (hubex) => {
      await hubex.hook({ uri: `${hubex.receiverUrl}?key=\${nobody}` });
      await hubex.create();
      await hubex.settled();
      expect(hubex.recorder.received[0]?.url).toBe('/hook?key=');
    },
    { switches: { placeholderUnknown: 'emptied' } },
  );
  behaviour('B127 does not call the uri on activation', async (hubex) => {
    const id = await hubex.hook({ isActive: false });
    await hubex.expect(202, `PUT /MSG/Webhooks/activate/${id}`);
    expect(await hubex.events()).toEqual([]);
  });
  behaviour('B128 limits neither the number of webhooks nor the length of name and uri', async (hubex) => {
    const many = Array.from({ length: 60 }, () => ({
      ...hook,
      name: 'и'.repeat(1000),
      uri: `http://127.0.0.1:9/${'x'.repeat(4000)}`,
    }));
    expect((await hubex.expect(201, 'POST /MSG/Webhooks', many)).json).toHaveLength(60);
  });
});
