import { describe, expect, test } from 'vitest';
import { createSession, type Session, startTime } from '../../test/session.ts';

const hour = 3_600_000;

describe('virtual time', () => {
  test('stands still, and moves tokens, stamps and rate limits when it is moved', async () => {
    const { control, host, send, hook } = await createSession({ switches: { rateLimitPerMinute: 5 } });
    expect(control.setClock({ mode: 'virtual' })).toEqual({ mode: 'virtual', now: '2026-03-02T08:15:40.000Z' });
    host.advance(hour);
    expect(control.clock().now).toBe('2026-03-02T08:15:40.000Z');
    for (let count = 0; count < 4; count++) expect((await send('GET /ES/Assets/101')).status).toBe(200);
    expect((await send('GET /ES/Assets/101')).status).toBe(429);
    expect(await control.advance({ by: '1m' })).toMatchObject({ now: '2026-03-02T08:16:40.000Z', moments: 0 });
    expect((await send('GET /ES/Assets/101')).status).toBe(200);
    expect(await hook()).toBe(2);
    await control.advance({ by: '40m' });
    expect((await send('GET /ES/Assets/101')).status).toBe(401);
  });

  test('of one tenant leaves others alone', async () => {
    const { sim } = await createSession();
    sim.tenant('one').setClock({ mode: 'virtual', now: '2030-01-01T00:00:00Z' });
    expect(sim.tenant('one').clock().now).toBe('2030-01-01T00:00:00.000Z');
    expect(sim.tenant('two').clock()).toEqual({ mode: 'real', now: '2026-03-02T08:15:40.000Z' });
  });

  test('advance runs repetitions in order and comes back when all is quiet', async () => {
    const session = await createSession({ switches: { deliveryRetries: 3, deliveryRetryDelayMs: 60_000 } });
    const { control, calls } = session;
    const at: string[] = [];
    control.setClock({ mode: 'virtual' });
    session.answer = () => {
      at.push(control.clock().now.slice(11, 19));
      return { kind: 'answered', status: at.length < 4 ? 500 : 204 };
    };
    control.emit({ eventId: 41, assetId: 105 });
    expect(await control.advance({ by: '24h' })).toMatchObject({ moments: 3, pending: 0, mode: 'virtual' });
    expect(at).toEqual(['08:15:40', '08:16:40', '08:17:40', '08:18:40']);
    expect(calls.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
    expect(control.deliveries().items[0]).toMatchObject({ state: 'delivered', attempts: [{}, {}, {}, { ms: 0 }] });
  });

  test('advance of a real clock moves it and lets it run on', async () => {
    const { control, host } = await createSession();
    await control.advance({ by: hour });
    expect(control.clock()).toEqual({ mode: 'real', now: '2026-03-02T09:15:40.000Z' });
    host.advance(1_000);
    expect(control.clock().now).toBe('2026-03-02T09:15:41.000Z');
    await control.reset();
    expect(control.clock().now).toBe('2026-03-02T08:15:41.000Z');
  });

  test('advance does not wait for ever for a receiver that says nothing', async () => {
    const session = await createSession();
    session.answer = () => new Promise(() => undefined);
    session.control.setClock({ mode: 'virtual' });
    session.control.emit({ eventId: 41, assetId: 105 });
    await session.control.advance({ by: '1m', patience: 20 });
    expect(session.control.deliveries().items).toMatchObject([
      { state: 'failed', reason: 'no answer within 30000 ms' },
    ]);
  });

  test('what waits goes on waiting when the mode changes', async () => {
    const session = await createSession({ switches: { deliveryRetries: 1, deliveryRetryDelayMs: 5_000 } });
    const { control, host } = session;
    session.answer = ({ attempt }) => ({ kind: 'answered', status: attempt === 1 ? 500 : 204 });
    control.emit({ eventId: 41, assetId: 105 });
    await control.wait({ within: 0 });
    await new Promise((resolve) => setImmediate(resolve));
    control.setClock({ mode: 'virtual' });
    host.advance(10_000);
    expect(control.deliveries({ state: 'pending' }).total).toBe(1);
    control.setClock({ mode: 'real' });
    host.advance(5_000);
    expect((await control.settled()).settled).toBe(true);
  });

  test('moves of one clock follow each other, and one that is overtaken by a reset leaves the new time alone', async () => {
    const { control } = await createSession();
    await Promise.all([control.advance({ by: '1h' }), control.advance({ by: '1h' })]);
    expect(control.clock()).toEqual({ mode: 'real', now: '2026-03-02T10:15:40.000Z' });
    const [moved] = await Promise.allSettled([control.advance({ by: '1h' }), control.reset()]);
    expect(moved.status === 'fulfilled' ? 'in time' : moved.reason.message).toMatch(/in time|was reset or restored/);
    expect(control.clock()).toEqual({ mode: 'real', now: '2026-03-02T08:15:40.000Z' });
  });

  test('waits longer than a timer of the platform can', async () => {
    const session = await createSession({ switches: { deliveryRetries: 1, deliveryRetryDelayMs: 2_147_483_647 } });
    const { control, host, calls } = session;
    session.answer = () => ({ kind: 'answered', status: 500 });
    control.emit({ eventId: 41, assetId: 105 });
    await new Promise((resolve) => setImmediate(resolve));
    control.setClock({ now: '2026-03-01T00:00:00Z' });
    host.advance(2_147_483_647);
    expect(calls).toHaveLength(1);
    host.advance(40 * 3_600_000);
    expect(calls).toHaveLength(2);
    expect((await control.settled()).settled).toBe(true);
  });

  test.each<[(session: Session) => unknown, string]>([
    [({ control }) => control.setClock({}), 'mode'],
    [({ control }) => control.setClock({ now: 'tomorrow' }), 'now'],
    [({ control }) => control.advance({}), 'by'],
    [({ control }) => control.advance({ by: '1h', to: '2030-01-01' }), 'by'],
    [({ control }) => control.advance({ to: '2020-01-01' }), 'to'],
    [({ control }) => control.advance({ by: 'soon' }), 'by'],
  ])('refuses %s and names %s', async (act, field) => {
    const session = await createSession();
    await expect(async () => act(session)).rejects.toMatchObject({ code: 'mock/bad-control', field });
  });
});

test('advances a day in which 10,000 repetitions fall due', async () => {
  const session = await createSession({
    hooks: 0,
    journalLimit: 20_000,
    switches: { deliveryRetries: 1, deliveryConcurrency: 100 },
  });
  const { control, send } = session;
  // Nine failures do not yet switch a webhook off.
  const hook = { name: 'h', uri: 'http://127.0.0.1/h', isActive: true, events: [41] };
  const hooks = Array.from({ length: 1_112 }, () => hook);
  expect((await send('POST /MSG/Webhooks', hooks)).status).toBe(201);
  control.setClock({ mode: 'virtual' });
  session.answer = ({ deliveryId, attempt }) => {
    if (attempt === 2) return { kind: 'answered', status: 204 };
    control.setSwitches({ deliveryRetryDelayMs: deliveryId * 8_000 });
    return { kind: 'failed', reason: 'first' };
  };
  for (let count = 0; count < 9; count++) {
    control.emit({ eventId: 41, assetId: 105 });
    await control.advance({ by: 0 });
  }
  expect(control.deliveries({ state: 'pending' }).total).toBe(10_008);
  expect(await control.advance({ by: '24h' })).toMatchObject({ pending: 0 });
  expect(control.deliveries({ state: 'delivered' }).total).toBe(10_008);
});

describe('the transcript', () => {
  async function run(seed: number): Promise<{ hash: string; lines: number }> {
    const { control, create, send, hook } = await createSession({ seed });
    control.setClock({ mode: 'virtual', now: '2026-03-02T08:00:00Z' });
    await hook({ events: [40, 43] });
    for (let count = 0; count < 2; count++) {
      const id = await create();
      expect((await send(`PUT /ES/Assets/${id}/publish`)).status).toBeLessThan(500);
      await control.advance({ by: '5m' });
    }
    await control.settled();
    return control.transcript();
  }

  test('is the same for the same seed, time and calls, a thousand times and on any machine', {
    timeout: 120_000,
  }, async () => {
    const first = await run(1);
    for (let count = 1; count < 1_000; count++) expect(await run(1)).toEqual(first);
    expect(first).toMatchInlineSnapshot(`
      {
        "hash": "eb955b455487377f",
        "lines": 12,
      }
    `);
  });

  test('differs when anything differs', async () => {
    const { control, create } = await createSession();
    const hashes = new Set([control.transcript().hash]);
    await create();
    hashes.add(control.transcript().hash);
    control.emit({ raw: 'x' });
    hashes.add(control.transcript().hash);
    control.setClock({ now: new Date(startTime + 1).toISOString() });
    control.emit({ raw: 'x' });
    hashes.add(control.transcript().hash);
    expect(hashes.size).toBe(4);
  });
});
