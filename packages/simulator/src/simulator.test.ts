import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createManualClock } from './clock.ts';
import { ControlError } from './control/control-error.ts';
import { OptionError } from './options.ts';
import type { OutgoingCall } from './outbox/deliverer.ts';
import { createSimulator, type Simulator } from './simulator.ts';

const start = Date.UTC(2026, 2, 2, 8, 15, 40);

interface Session {
  readonly sim: Simulator;
  readonly calls: OutgoingCall[];
  send(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }>;
}

async function session(options: Parameters<typeof createSimulator>[0] = {}): Promise<Session> {
  const calls: OutgoingCall[] = [];
  const sim = createSimulator({
    assets: 30,
    clock: createManualClock(start),
    async deliver(call) {
      calls.push(call);
      return { kind: 'answered', status: 204 };
    },
    ...options,
  });
  let token = '';
  const send: Session['send'] = async (method, path, body) => {
    const [pathname = '', query = ''] = path.split('?');
    const headers = { 'x-application-id': '5', authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const bytes = body === undefined ? undefined : new TextEncoder().encode(JSON.stringify(body));
    const reply = await sim.handle({ method, path: pathname, query, headers, body: bytes });
    return { status: reply.status, text: String(reply.body ?? '') };
  };
  token = JSON.parse(
    (await send('POST', '/AUTHZ/AccessTokens', { serviceToken: 'demo-service-token' })).text,
  ).access_token;
  expect(token).not.toBe('');
  expect(
    (
      await send('POST', '/MSG/Webhooks', [
        { name: 'h', uri: 'http://127.0.0.1/h', isActive: true, events: [40, 41, 42, 43, 44] },
      ])
    ).status,
  ).toBe(201);
  return { sim, calls, send };
}

const asset = { name: 'Лифт', companyID: 1, assetTypeID: 3, assetClassID: 1, parentID: 101 };

test('the same seed and calls give the same bytes, another seed others', async () => {
  const transcript = async (seed: number): Promise<string> => {
    const { sim, calls, send } = await session({ seed });
    const texts = [];
    for (const path of ['/ES/Assets', '/ES/Assets/102', '/COMMON/Events', '/ES/Assets/nope'])
      texts.push((await send('GET', path)).text);
    texts.push((await send('POST', '/ES/Assets', asset)).text, (await send('POST', '/ES/Assets', {})).text);
    await sim.control.settled();
    return createHash('sha256')
      .update(JSON.stringify([texts, calls, sim.control.deliveries()]))
      .digest('hex');
  };
  expect(await transcript(7)).toBe(await transcript(7));
  expect(await transcript(7)).not.toBe(await transcript(8));
});

test('answers any bytes with a status and never rejects', async () => {
  const { sim } = await session();
  const request = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'BREW'),
    path: fc.oneof(fc.webPath(), fc.string(), fc.constantFrom('/AUTHZ/AccessTokens', '/ES/Assets', '/MSG/Webhooks')),
    query: fc.string(),
    headers: fc.dictionary(
      fc.constantFrom('authorization', 'range', 'x-application-id', 'content-type', 'accept-language', 'cookie'),
      fc.string(),
    ),
    body: fc.option(fc.uint8Array(), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(request, async (each) => {
      const { status, headers } = await sim.handle(each);
      expect(status).toBeGreaterThanOrEqual(200);
      expect(status).toBeLessThan(500);
      for (const value of Object.values(headers)) expect(value).toMatch(/^[ -~]*$/);
    }),
    { numRuns: 500 },
  );
});

test('keeps life cycles consistent under random changes', async () => {
  const id = fc.integer({ min: 101, max: 112 });
  const step = fc.oneof(
    fc.record({ kind: fc.constantFrom('publish', 'unpublish'), id }),
    fc.record({ kind: fc.constantFrom('delete', 'full', 'restore'), id }),
    fc.record({ kind: fc.constant('move'), id, to: id }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const { sim, calls, send } = await session({ assets: 12 });
      for (const each of steps) {
        const path = `/ES/Assets/${each.id}`;
        const { status } = await (each.kind === 'publish' || each.kind === 'unpublish'
          ? send('PUT', `${path}/${each.kind}`)
          : each.kind === 'delete'
            ? send('DELETE', path)
            : each.kind === 'full'
              ? send('DELETE', `${path}/full`)
              : each.kind === 'restore'
                ? send('PUT', '/ES/Assets/restore', [each.id])
                : send('PUT', '/ES/Assets', { assets: [each.id], parentID: 'to' in each ? each.to : each.id }));
        expect([202, 409]).toContain(status);
      }
      await sim.control.settled();
      const state = new Map<number, { published: boolean; deleted: boolean }>();
      for (const { body } of calls) {
        const { EventID, AssetID } = JSON.parse(body);
        const now = state.get(AssetID);
        if (now?.deleted) expect(EventID).toBe(41);
        if (EventID === 43) expect(now?.published).not.toBe(true);
        if (EventID === 44) expect(now?.published).not.toBe(false);
        const published = EventID === 43 ? true : EventID === 44 ? false : now?.published;
        state.set(AssetID, { published: published as boolean, deleted: EventID === 42 });
      }
      const listed = JSON.parse((await send('GET', '/ES/Assets')).text || '{}');
      for (const [assetId, { deleted }] of state) expect(String(assetId) in listed).toBe(!deleted);
    }),
    { numRuns: 60 },
  );
});

describe('control', () => {
  test('reset goes back to the seed and nothing arrives afterwards', async () => {
    const { sim, calls, send } = await session();
    const before = (await send('GET', '/ES/Assets/102')).text;
    expect((await send('DELETE', '/ES/Assets/103')).status).toBeLessThan(410);
    expect((await send('POST', '/ES/Assets', asset)).status).toBe(201);
    // A hundred events at once: most are still queued when everything is reset.
    for (let count = 0; count < 100; count++) sim.control.emit({ eventId: 41, assetId: 105 });
    await sim.control.reset();
    const arrived = calls.length;
    expect(arrived).toBeLessThan(100);
    await new Promise((resolve) => setImmediate(resolve));
    expect(calls).toHaveLength(arrived);
    expect(sim.control.deliveries().total).toBe(0);
    expect((await send('GET', '/ES/Assets/102')).status).toBe(401);
    const again = await session();
    expect((await again.send('GET', '/ES/Assets/102')).text).toBe(before);
  });

  test('emit sends an event for a chosen asset, or a raw body, without changing any state', async () => {
    const { sim, calls, send } = await session();
    const before = (await send('GET', '/ES/Assets/105')).text;
    expect(sim.control.emit({ eventId: 44, assetId: 105 }).deliveries).toHaveLength(1);
    expect(sim.control.emit({ raw: '{"broken"', webhookId: 1 }).deliveries).toHaveLength(1);
    await sim.control.settled();
    expect(calls.map(({ body }) => body)).toEqual([expect.stringContaining('"AssetID":105'), '{"broken"']);
    expect((await send('GET', '/ES/Assets/105')).text).toBe(before);
  });

  test('emit says why nothing was sent', async () => {
    const sim = createSimulator({ assets: 1 });
    expect(sim.control.emit({ eventId: 41, assetId: 101 })).toEqual({
      deliveries: [],
      note: expect.stringMatching(/No webhook is active and bound to event 41/),
    });
  });

  test.each<[string, (sim: Simulator) => unknown, string]>([
    ['an unknown asset', (sim) => sim.control.emit({ eventId: 40, assetId: 9 }), 'assetId'],
    ['an event id that is no byte', (sim) => sim.control.emit({ eventId: 256, assetId: 101 }), 'eventId'],
    ['an unknown webhook', (sim) => sim.control.emit({ raw: '', webhookId: 9 }), 'webhookId'],
    ['a count of nothing', (sim) => sim.control.wait({ count: 0 }), 'count'],
    ['a wait without end', (sim) => sim.control.settled({ within: 1e9 }), 'within'],
  ])('names the field for %s', async (_, act, field) => {
    const { sim } = await session();
    await expect(async () => act(sim)).rejects.toMatchObject({ code: 'mock/bad-control', field });
    await expect(async () => act(sim)).rejects.toBeInstanceOf(ControlError);
  });

  test('wait resolves with the delivery it waited for, or with what is missing when time is up', async () => {
    const clock = createManualClock(start);
    const { sim, send } = await session({ clock });
    const waiting = sim.control.wait({ eventId: 40, count: 2 });
    expect((await send('POST', '/ES/Assets', asset)).status).toBe(201);
    expect((await send('POST', '/ES/Assets', asset)).status).toBe(201);
    expect(await waiting).toMatchObject({ ok: true, missing: 0, items: [{ eventId: 40 }, { eventId: 40 }] });
    const hopeless = sim.control.wait({ eventId: 42, within: 1000 });
    clock.advance(1000);
    expect(await hopeless).toEqual({ ok: false, items: [], missing: 1 });
  });

  test('never shows a secret of an address', async () => {
    const { sim, send } = await session();
    const uri = 'http://u:password1@127.0.0.1/hook/averylongsecretsegment12?key=topsecretvalue';
    expect((await send('POST', '/MSG/Webhooks', [{ name: 's', uri, isActive: true, events: [40] }])).status).toBe(201);
    expect((await send('POST', '/ES/Assets', asset)).status).toBe(201);
    await sim.control.settled();
    expect(JSON.stringify(sim.control.deliveries())).not.toMatch(/password1|averylongsecret|topsecret/);
  });
});

test.each<[object, RegExp]>([
  [{ sed: 1 }, /no option sed; did you mean seed/],
  [{ seed: 1.5 }, /seed must be a whole number/],
  [{ assets: -1 }, /assets must be a whole number from 0/],
  [{ serviceToken: '' }, /serviceToken/],
  [{ switches: { restoreEvnt: '40' } }, /did you mean restoreEvent/],
  [{ switches: { restoreEvent: '42' } }, /restoreEvent takes 41, 40, none/],
  [{ switches: { deliveryTimeoutMs: -5 } }, /whole number/],
])('refuses %j', (options, message) => {
  expect(() => createSimulator(options)).toThrow(message);
  expect(() => createSimulator(options)).toThrow(OptionError);
});

test('takes a deliverer that throws, at once or later, for a failed call', async () => {
  const broken = [
    () => {
      throw new Error('at once');
    },
    () => Promise.reject(new Error('later')),
  ];
  for (const deliver of broken) {
    const { sim } = await session({ deliver });
    sim.control.emit({ eventId: 41, assetId: 105 });
    expect(await sim.control.settled()).toEqual({ settled: true, pending: 0 });
    expect(sim.control.deliveries().items).toMatchObject([
      { state: 'failed', reason: expect.stringMatching(/at once|later/) },
    ]);
  }
});

test('speaks fetch', async () => {
  const sim = createSimulator({ assets: 1 });
  const body = JSON.stringify({ serviceToken: 'demo-service-token' });
  const headers = { 'content-type': 'application/json' };
  const response = await sim.fetch(
    new Request('http://hubex.test/fsm/AUTHZ/AccessTokens', { method: 'POST', body, headers }),
  );
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ expires_in: 1800 });
});
