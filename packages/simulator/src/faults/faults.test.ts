import { expect, test } from 'vitest';
import { createManualClock, type ManualClock } from '../clock.ts';
import type { CallResult, OutgoingCall } from '../outbox/deliverer.ts';
import { createSimulator, type Simulator } from '../simulator.ts';

interface Session {
  readonly sim: Simulator;
  readonly clock: ManualClock;
  /** What was delivered, in order: event/asset. */
  readonly calls: OutgoingCall[];
  send(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }>;
  /** Emits event 41 for assets 101, 102, … */
  emit(count: number): void;
  arrived(): readonly number[];
}

const flush = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function session(
  options: Parameters<typeof createSimulator>[0] = {},
  answer: (call: OutgoingCall) => CallResult = () => ({ kind: 'answered', status: 204 }),
): Promise<Session> {
  const clock = createManualClock(Date.UTC(2026, 2, 2, 8, 15, 40));
  const calls: OutgoingCall[] = [];
  const deliver = async (call: OutgoingCall): Promise<CallResult> => {
    calls.push(call);
    return answer(call);
  };
  const sim = createSimulator({ assets: 30, clock, deliver, ...options });
  let token = '';
  const send: Session['send'] = async (method, path, body) => {
    const headers = { 'x-application-id': '5', authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const bytes = body === undefined ? undefined : new TextEncoder().encode(JSON.stringify(body));
    const reply = await sim.handle({ method, path, query: '', headers, body: bytes });
    return { status: reply.status, text: String(reply.body ?? '') };
  };
  token = JSON.parse(
    (await send('POST', '/AUTHZ/AccessTokens', { serviceToken: 'demo-service-token' })).text,
  ).access_token;
  const webhook = { name: 'h', uri: 'http://127.0.0.1/h', isActive: true, events: [40, 41, 42, 43, 44] };
  expect((await send('POST', '/MSG/Webhooks', [webhook])).status).toBe(201);
  const emit = (count: number): void => {
    for (let id = 101; id < 101 + count; id++) sim.control.emit({ eventId: 41, assetId: id });
  };
  const arrived = (): readonly number[] => calls.map(({ body }) => JSON.parse(body).AssetID);
  return { sim, clock, calls, send, emit, arrived };
}

test('reorder lets later deliveries pass within its window, seeded, and loses none', async () => {
  const order = async (seed: number): Promise<readonly number[]> => {
    const { sim, clock, emit, arrived } = await session({ seed, assets: 60 });
    sim.control.addFault({ on: 'delivery', fault: { kind: 'reorder', window: 4, ms: 1000 } });
    emit(50);
    for (let count = 0; count < 60; count++) await flush();
    clock.advance(1000);
    expect(await sim.control.settled()).toMatchObject({ settled: true });
    return arrived();
  };
  const [one, again, other] = [await order(1), await order(1), await order(2)];
  expect(again).toEqual(one);
  expect(other).not.toEqual(one);
  const sorted = Array.from({ length: 50 }, (_, index) => 101 + index);
  expect([...one].sort((a, b) => a - b)).toEqual(sorted);
  expect(one).not.toEqual(sorted);
});

test('late goes out after so many others, or when its time is up by the clock', async () => {
  const { sim, clock, emit, arrived } = await session();
  sim.control.addFault({ on: 'delivery', where: { assetId: 101 }, fault: { kind: 'late', others: 2, ms: 5000 } });
  emit(1);
  await flush();
  expect([arrived(), sim.control.deliveries().items[0]?.state]).toEqual([[], 'pending']);
  emit(1);
  sim.control.emit({ eventId: 41, assetId: 102 });
  sim.control.emit({ eventId: 41, assetId: 103 });
  sim.control.emit({ eventId: 41, assetId: 104 });
  await flush();
  expect(arrived().slice(0, 2)).toEqual([102, 103]);
  expect(await sim.control.settled()).toMatchObject({ settled: true });
  expect([...arrived()].sort()).toEqual([101, 101, 102, 103, 104]);
  emit(1);
  await flush();
  expect(arrived()).toHaveLength(5);
  clock.advance(5000);
  expect(await sim.control.settled()).toMatchObject({ settled: true });
  expect(arrived()).toHaveLength(6);
});

test('what is held back is dropped by a reset and never arrives', async () => {
  const { sim, clock, emit, calls } = await session();
  sim.control.addFault({ on: 'delivery', fault: 'late' });
  emit(3);
  await flush();
  await sim.control.reset();
  clock.advance(60_000);
  await flush();
  expect([calls, sim.control.faults().items]).toEqual([[], []]);
});

test('the journal names the rule and the kind with each delivery and attempt they hit', async () => {
  const { sim, emit } = await session();
  const { addFault } = sim.control;
  addFault({ on: 'delivery', where: { assetId: 101 }, fault: 'drop' });
  addFault({ on: 'delivery', where: { assetId: 102 }, fault: 'duplicate' });
  addFault({ on: 'delivery', where: { assetId: 102 }, fault: 'wrong-content-type' });
  addFault({ on: 'delivery', where: { assetId: 103 }, fault: 'connection-reset' });
  emit(3);
  expect(await sim.control.settled()).toMatchObject({ settled: true });
  const duplicate = {
    assetId: 102,
    state: 'delivered',
    contentType: 'text/plain; charset=utf-8',
    faults: [
      { rule: 2, kind: 'duplicate' },
      { rule: 3, kind: 'wrong-content-type' },
    ],
    attempts: [{ status: 204, callsRemaining: 10 }],
  };
  expect(sim.control.deliveries().items).toMatchObject([
    { assetId: 101, state: 'dropped', reason: 'fault 1: drop', faults: [{ rule: 1, kind: 'drop' }], attempts: [] },
    duplicate,
    duplicate,
    {
      assetId: 103,
      state: 'failed',
      attempts: [{ fault: { rule: 4, kind: 'connection-reset' }, error: expect.stringMatching(/broke off/) }],
    },
  ]);
  expect(sim.control.deliveries().items[3]).not.toHaveProperty('faults');
});

test('a repeated call says the same, and gets through when the wire has recovered', async () => {
  const { sim, clock, emit, calls } = await session({ switches: { deliveryRetries: 3 } });
  sim.control.addFault({ on: 'delivery', fault: 'extra-fields', times: 1 });
  sim.control.addFault({ on: 'delivery', fault: 'lost-answer', times: 2 });
  emit(1);
  for (let count = 0; count < 3; count++) {
    await flush();
    clock.advance(1000);
  }
  expect(await sim.control.settled()).toMatchObject({ settled: true });
  expect(calls.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  expect(new Set(calls.map(({ body }) => body)).size).toBe(1);
  const [record] = sim.control.deliveries().items;
  expect(record).toMatchObject({
    state: 'delivered',
    attempts: [
      { error: 'the answer was lost (fault 2)', callsRemaining: 9 },
      { error: 'the answer was lost (fault 2)', callsRemaining: 8 },
      { status: 204, callsRemaining: 10 },
    ],
  });
});

test('silence ends by the time limit of the call, on the clock of the tenant', async () => {
  const { sim, clock, emit, calls } = await session();
  sim.control.addFault({ on: 'delivery', fault: 'silence' });
  emit(1);
  await flush();
  clock.advance(30_000);
  expect(await sim.control.settled()).toMatchObject({ settled: true });
  expect(sim.control.deliveries().items).toMatchObject([{ state: 'failed', reason: 'no answer within 30000 ms' }]);
  expect(calls).toEqual([]);
});

test('ten lost answers switch the webhook off, as ten failures do', async () => {
  const { sim, emit, send } = await session();
  sim.control.addFault({ on: 'delivery', fault: 'lost-answer' });
  emit(10);
  expect(await sim.control.settled()).toMatchObject({ settled: true });
  expect(JSON.parse((await send('GET', '/MSG/Webhooks/1')).text)).toMatchObject({ isActive: false });
});

test('faults of one tenant touch no other, whoever is looked up first', async () => {
  const { sim, send } = await session();
  const other = sim.tenant('another-token');
  other.addFault({ on: 'api', fault: 'unavailable' });
  other.addFault({ on: 'delivery', fault: 'drop' });
  expect((await send('GET', '/ES/Assets/105')).status).toBe(200);
  sim.control.emit({ eventId: 41, assetId: 101 });
  await sim.control.settled();
  expect(sim.control.deliveries().items).toMatchObject([{ state: 'delivered' }]);
  const body = (serviceToken: string): unknown => ({ serviceToken });
  expect((await send('POST', '/AUTHZ/AccessTokens', body('another-token'))).status).toBe(503);
  expect((await send('POST', '/AUTHZ/AccessTokens', body('demo-service-token'))).status).toBe(200);
  expect((await send('POST', '/AUTHZ/AccessTokens', body('never-seen'))).status).toBe(200);
  expect(other.faults().items).toMatchObject([{ hits: 1 }, { hits: 0 }]);
});

test('speaks fetch: a reset rejects, latency waits by the clock, a signal ends it', async () => {
  const { sim, clock } = await session();
  const get = (signal?: AbortSignal): Promise<Response> =>
    sim.fetch(new Request('http://hubex.test/fsm/COMMON/Events', signal ? { signal } : {}));
  // Without a token nobody knows whose faults are meant.
  sim.control.addFault({ on: 'api', fault: 'connection-reset' });
  expect((await get()).status).toBe(401);
  const login = (signal?: AbortSignal): Promise<Response> =>
    sim.fetch(
      new Request('http://hubex.test/fsm/AUTHZ/AccessTokens', {
        method: 'POST',
        body: JSON.stringify({ serviceToken: 'demo-service-token' }),
        headers: { 'content-type': 'application/json' },
        ...(signal && { signal }),
      }),
    );
  await expect(login()).rejects.toMatchObject({ name: 'TypeError', cause: { code: 'ECONNRESET' } });
  sim.control.clearFaults();
  sim.control.addFault({ on: 'api', fault: 'latency' });
  const late = login();
  await flush();
  clock.advance(1000);
  expect((await late).status).toBe(200);
  const abort = new AbortController();
  const given = login(abort.signal);
  await flush();
  abort.abort(new Error('enough'));
  await expect(given).rejects.toThrow('enough');
});

test('rules are listed, removed and cleared as controls', async () => {
  const { sim } = await session();
  const { addFault, faults, removeFault, clearFaults, faultKinds } = sim.control;
  expect(addFault({ on: 'api', fault: 'latency', for: '1m' })).toMatchObject({
    id: 1,
    until: '2026-03-02T08:16:40.000Z',
  });
  addFault({ on: 'api', fault: 'forbidden' });
  expect(faults()).toMatchObject({ total: 2, items: [{ id: 1, state: 'active' }, { id: 2 }] });
  expect(removeFault({ id: 1 })).toEqual({ removed: 1 });
  expect(() => removeFault({ id: 1 })).toThrow(/There is no rule 1/);
  expect(clearFaults()).toEqual({ removed: 1 });
  expect(Object.keys(faultKinds().api)).toContain('stale-read');
});

test('the journal names the faults of requests and attempts, and a latency as the time it took', async () => {
  const { sim, clock, send, emit } = await session();
  const { addFault, journal } = sim.control;
  addFault({ on: 'api', where: { operationId: 'getAsset' }, fault: { kind: 'unavailable' }, times: 1 });
  addFault({ on: 'api', where: { operationId: 'getAsset' }, fault: { kind: 'latency', ms: 700 }, times: 1 });
  addFault({ on: 'delivery', fault: 'lost-answer', times: 1 });
  const late = send('GET', '/ES/Assets/105');
  await flush();
  clock.advance(700);
  expect((await late).status).toBe(503);
  expect((await send('GET', '/ES/Assets/105')).status).toBe(200);
  emit(1);
  await sim.control.settled();
  const rows = JSON.parse(JSON.stringify(await journal())).items;
  const requests = rows.filter((row: { operationId?: string }) => row.operationId === 'getAsset');
  const marks = [
    { rule: 1, kind: 'unavailable' },
    { rule: 2, kind: 'latency' },
  ];
  expect(requests).toMatchObject([
    { status: 503, faults: marks, ms: 700 },
    { status: 200, faults: [] },
  ]);
  expect(rows.filter((row: { type: string }) => row.type === 'attempt')).toMatchObject([
    { assetId: 101, fault: { rule: 3, kind: 'lost-answer' } },
  ]);
});

test('a wait in vain says that a fault dropped what was waited for, or holds it back', async () => {
  const { sim, emit } = await session();
  sim.control.addFault({ on: 'delivery', where: { assetId: 101 }, fault: 'drop' });
  sim.control.addFault({ on: 'delivery', where: { assetId: 102 }, fault: 'late' });
  emit(2);
  const waited = async (assetId: number): Promise<readonly string[]> =>
    (await sim.control.wait({ eventId: 41, assetId, within: 0 })).nearMiss?.reasons ?? [];
  expect(await waited(101)).toContain('Delivery 1 to webhook 1 is dropped: fault 1: drop.');
  expect(await waited(102)).toContain('Delivery 2 to webhook 1 is pending (fault 2: late).');
});

test('a snapshot keeps rules, their counts and what is held back', async () => {
  const { sim, emit, arrived } = await session();
  const { addFault, snapshot, restore, faults, setClock, advance, clearFaults } = sim.control;
  setClock({ mode: 'virtual' });
  addFault({ on: 'delivery', where: { assetId: 101 }, fault: { kind: 'late', others: 3, ms: 5000 } });
  addFault({ on: 'api', fault: 'forbidden', skip: 1 });
  emit(2);
  await flush();
  snapshot();
  const before = faults();
  await advance({ by: 5000 });
  expect(arrived()).toEqual([102, 101]);
  clearFaults();
  await restore();
  expect(faults()).toEqual(before);
  await advance({ by: 4999 });
  expect(arrived()).toEqual([102, 101]);
  await advance({ by: 1 });
  expect(arrived()).toEqual([102, 101, 101]);
  await restore();
  for (const assetId of [103, 104]) sim.control.emit({ eventId: 41, assetId });
  await flush();
  expect(arrived().slice(3)).toEqual([103, 104, 101]);
});
