import { expect, test } from 'vitest';
import { busyHours, createSession } from '../../test/session.ts';

test('a restored tenant goes on byte for byte as it did the first time', async () => {
  const { control, create, send, calls, hook } = await createSession();
  control.setClock({ mode: 'virtual' });
  await create();
  await control.settled();
  control.snapshot({ name: 'before' });
  const go = async (): Promise<unknown> => {
    const from = calls.length;
    const id = await create();
    const texts = [
      await send(`GET /ES/Assets/${id}`),
      await send('GET /ES/Assets/99999/nope'),
      await send('DELETE /ES/Assets/1'),
    ];
    await hook({ name: 'later' });
    const issued = await send('POST /AUTHZ/ServiceTokens', [12]);
    await control.advance({ by: '5m' });
    return [id, texts, issued, calls.slice(from), control.transcript(), control.deliveries(), control.clock()];
  };
  const first = await go();
  await control.restore({ name: 'before' });
  expect(await go()).toEqual(first);
  await control.restore({ name: 'before' });
  expect(await go()).toEqual(first);
});

test('a snapshot holds what is under way: queue, pauses and repetitions go on from it, again and again', async () => {
  const session = await createSession({
    switches: { deliveryRetries: 1, deliveryRetryDelayMs: 60_000, deliveryConcurrency: 1 },
  });
  const { control, calls } = session;
  control.setClock({ mode: 'virtual' });
  session.answer = ({ attempt }) => ({ kind: 'answered', status: attempt === 1 ? 500 : 204 });
  for (const assetId of [101, 102, 103]) control.emit({ eventId: 41, assetId });
  await control.advance({ by: 0 });
  expect(control.snapshot({}).pending).toBe(3);
  for (let round = 0; round < 2; round++) {
    calls.length = 0;
    await control.advance({ by: '10m' });
    expect(calls.map(({ deliveryId, attempt }) => [deliveryId, attempt])).toEqual([
      [1, 2],
      [2, 1],
      [2, 2],
      [3, 1],
      [3, 2],
    ]);
    expect(control.deliveries({ state: 'delivered' }).total).toBe(3);
    await control.restore({});
    expect(control.deliveries({ state: 'pending' }).total).toBe(3);
  }
});

test('a call under way in a snapshot is made again after the restore', async () => {
  const session = await createSession();
  const { control, calls } = session;
  session.answer = () => new Promise(() => undefined);
  control.emit({ eventId: 41, assetId: 101 });
  await new Promise((resolve) => setImmediate(resolve));
  control.snapshot({});
  session.answer = () => ({ kind: 'answered', status: 204 });
  await control.restore({});
  expect(await control.settled()).toEqual({ settled: true, pending: 0 });
  expect(calls).toHaveLength(2);
});

test('a fork is a tenant of its own that goes on from the state of another', async () => {
  const { sim, control, create, calls } = await createSession({
    switches: { deliveryRetries: 1, deliveryRetryDelayMs: 1_000 },
  });
  const id = await create();
  await control.settled();
  control.setClock({ mode: 'virtual' });
  control.emit({ eventId: 41, assetId: id });
  const { tenantId } = await control.fork({ serviceToken: 'forked' });
  const forked = sim.tenant('forked');
  expect(forked.info.tenantId).toBe(tenantId);
  expect(forked.clock()).toEqual(control.clock());
  await Promise.all([forked.settled(), control.settled()]);
  expect(calls.at(-1)?.body).toContain(`{"TenantID":${tenantId},`);
  forked.emit({ eventId: 41, assetId: id });
  expect(forked.transcript()).not.toEqual(control.transcript());
  await expect(control.fork({ serviceToken: 'forked' })).rejects.toMatchObject({ field: 'serviceToken' });
});

test('a reset keeps snapshots and clears everything else', async () => {
  const { control, create, send } = await createSession();
  await create();
  control.snapshot({ name: 'kept' });
  control.setSwitches({ profile: 'strict' });
  control.setSink({ name: 'a', status: 500 });
  await control.reset();
  expect(control.snapshots().items.map(({ name }) => name)).toEqual(['kept']);
  expect([control.deliveries().total, control.sink({ name: 'a' }).total]).toEqual([0, 0]);
  expect(control.journal()).toMatchObject({ total: 0 });
  expect(control.switches().deliveryRetries).toBe(0);
  expect((await send('GET /ES/Assets/101')).status).toBe(401);
  expect(control.metrics()).toMatchObject({ events: {}, deliveries: { queued: 0 } });
});

test('resets and restores at once leave one tenant that works, and nothing of the others', async () => {
  const session = await createSession();
  const { control, calls, create, signIn, hook } = session;
  await create();
  await control.settled();
  control.emit({ eventId: 41, assetId: 101 });
  control.snapshot({});
  await Promise.all([control.restore({}), control.reset(), control.restore({}), control.reset()]);
  calls.length = 0;
  await new Promise((resolve) => setImmediate(resolve));
  expect(calls).toEqual([]);
  await signIn();
  await hook();
  control.emit({ eventId: 41, assetId: 101 });
  expect(await control.settled()).toEqual({ settled: true, pending: 0 });
  expect(calls).toHaveLength(1);
});

test('an unknown snapshot is named, with those there are', async () => {
  const { control } = await createSession();
  control.snapshot({ name: 'one' });
  await expect(control.restore({ name: 'two' })).rejects.toThrow('There is no snapshot two; known: one.');
});

test('seed begins anew from another seed, and a reset comes back to it', async () => {
  const { control, signIn, send } = await createSession();
  const list = (await send('GET /ES/Assets')).text;
  expect(await control.seed({ seed: 9, assets: 5 })).toEqual({ seed: 9, assets: 5 });
  await signIn();
  const other = (await send('GET /ES/Assets')).text;
  expect(Object.keys(JSON.parse(other))).toHaveLength(5);
  expect(list.startsWith(other.slice(0, -1))).toBe(false);
  await control.reset();
  await signIn();
  expect((await send('GET /ES/Assets')).text).toBe(other);
});

test('a scenario goes on from a snapshot as it did the first time, in a fork too', async () => {
  const { sim, control, calls } = await createSession();
  control.setClock({ mode: 'virtual' });
  control.scenario({ scenario: busyHours, seed: 7 });
  await control.advance({ by: '45m' });
  control.snapshot({ name: 'middle' });
  const end = async (from: typeof control): Promise<unknown> => {
    const before = calls.length;
    await from.advance({ by: '2h' });
    const bodies = calls.slice(before).map(({ body }) => body.replace(/"TenantID":\d+/, ''));
    return [await from.scenarioState({}), bodies, from.faults()];
  };
  const first = await end(control);
  expect(first).toMatchObject([{ state: 'finished' }, { length: expect.any(Number) }, { items: [] }]);
  await control.restore({ name: 'middle' });
  expect(await control.scenarioState({})).toMatchObject({ state: 'running' });
  expect(await end(control)).toEqual(first);
  await control.restore({ name: 'middle' });
  await control.fork({ serviceToken: 'another' });
  expect(await end(sim.tenant('another'))).toEqual(first);
});
