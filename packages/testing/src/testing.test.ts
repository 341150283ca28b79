import { createReceiver, parseDelivery } from '@hubex-kit/receiver';
import { toFetchHandler } from '@hubex-kit/receiver/fetch';
import { createSimulator } from '@hubex-kit/simulator';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildDelivery, createFakeClock, createRecorder, createStorm, deliveryRequest, replay } from './index.ts';
import { hubexMatchers } from './matchers.ts';
import './vitest.ts';

const secret = 'a-secret-of-enough-characters';
const url = `https://me.test/hook?key=${secret}`;

describe('a delivery to order', () => {
  test('is what the simulator sends', async () => {
    const sim = createSimulator();
    const bodies: unknown[] = [];
    sim.control.deliverTo(async (request) => {
      bodies.push(await request.json());
      return new Response(null, { status: 204 });
    });
    sim.control.subscribe({ uri: url });
    sim.control.emit({ eventId: 41, assetId: 101 });
    await sim.control.settled();
    expect(bodies).toEqual([buildDelivery({ eventId: 41, assetId: 101, tenantId: sim.control.info.tenantId })]);
  });

  test('is understood by the receiver, in every variant', async () => {
    for (const eventId of [40, 41, 42, 43, 44, 99]) {
      for (const emptyFields of ['null', 'omitted'] as const) {
        const event = parseDelivery(buildDelivery({ eventId, assetId: 7, emptyFields, fields: { Extra: 'x' } }));
        expect(event).toMatchObject({ id: eventId, assetId: 7, tenantId: 105 });
      }
    }
    const receiver = createReceiver({ secrets: secret });
    expect((await toFetchHandler(receiver)(deliveryRequest({ eventId: 40, assetId: 7 }, { url }))).status).toBe(204);
  });
});

describe('a storm', () => {
  test('is the same for the same seed and another for another', () => {
    const options = { assets: 50, duplicates: 0.1, drops: 0.1, reorderWithin: 20 };
    expect(createStorm({ seed: 3, ...options })).toEqual(createStorm({ seed: 3, ...options }));
    expect(createStorm({ seed: 4, ...options })).not.toEqual(createStorm({ seed: 3, ...options }));
  });

  test('holds every delivery once or twice, or tells that it was dropped, not farther from its place than allowed', () => {
    const options = fc.record({
      seed: fc.integer(),
      assets: fc.integer({ min: 0, max: 30 }),
      eventsEach: fc.integer({ min: 0, max: 4 }),
      duplicates: fc.double({ min: 0, max: 1, noNaN: true }),
      drops: fc.double({ min: 0, max: 1, noNaN: true }),
      reorderWithin: fc.integer({ min: 0, max: 10 }),
    });
    fc.assert(
      fc.property(options, (wish) => {
        const { deliveries, dropped, assetIds } = createStorm(wish);
        expect(assetIds).toHaveLength(wish.assets);
        const all = [...deliveries, ...dropped].map((each) => `${each.EventID} ${each.AssetID}`);
        expect(new Set(all).size).toBe(wish.assets * Math.min(wish.eventsEach, 2));
        if (wish.drops === 0) expect(dropped).toEqual([]);
        if (wish.duplicates === 0) expect(all).toHaveLength(wish.assets * wish.eventsEach);
      }),
    );
  });

  test.each([{ duplicates: 2 }, { drops: -1 }, { assets: 1.5 }, { reorderWithin: -1 }])('refuses %j', (options) => {
    expect(() => createStorm(options)).toThrow(new RegExp(Object.keys(options)[0] ?? ''));
  });
});

describe('a recording', () => {
  async function record(bodies: readonly string[]): Promise<string> {
    const lines: string[] = [];
    let now = 0;
    const recorder = createRecorder({ write: (line) => lines.push(line), now: () => (now += 500) });
    const receiver = recorder.around(toFetchHandler(createReceiver({ secrets: secret, onError: () => undefined })));
    for (const body of bodies) {
      const headers = {
        'content-type': 'application/json',
        authorization: 'Basic geheim',
        'x-forwarded-for': '10.1.2.3',
      };
      await receiver(new Request(url, { method: 'POST', headers, body }));
    }
    return lines.join('\n');
  }
  const bodies = [
    JSON.stringify({ ...buildDelivery({ eventId: 40, assetId: 987_654, tenantId: 4711 }), Note: 'Иванов' }),
    JSON.stringify(buildDelivery({ eventId: 41, assetId: 987_655, tenantId: 4711 })),
    JSON.stringify(buildDelivery({ eventId: 42, assetId: 987_654, tenantId: 4711 })),
    'junk with a name: Иванов',
  ];

  test('has no secret, no id and no text of the original, and keeps which is the same', async () => {
    const recording = await record(bodies);
    expect(recording).not.toMatch(/a-secret|geheim|10\.1\.2\.3|98765|4711|Иванов/);
    const lines = recording.split('\n').map((line) => JSON.parse(line));
    expect(lines.map(({ body }) => [body.EventID, body.AssetID, body.TenantID])).toEqual([
      [40, 1, 1],
      [41, 2, 1],
      [42, 1, 1],
      [undefined, undefined, undefined],
    ]);
    expect(lines.map(({ at, status }) => [at, status])).toEqual([
      [0, 204],
      [500, 204],
      [1000, 204],
      [1500, 204],
    ]);
  });

  test('is replayed into a receiver, with the pauses it had, and tells what is answered otherwise', async () => {
    const recording = await record(bodies);
    const seen: unknown[] = [];
    const receiver = createReceiver({ secrets: secret, onError: () => undefined }).on('*', ({ id, assetId }) => {
      seen.push([id, assetId]);
    });
    const clock = createFakeClock(0);
    const whole = replay(recording, toFetchHandler(receiver), { url, pace: 'recorded', clock });
    for (let step = 0; step < 40; step++) {
      await new Promise(setImmediate);
      clock.advance(100);
    }
    expect(await whole).toEqual({ sent: 4, different: [] });
    expect(seen).toEqual([
      [40, 1],
      [41, 2],
      [42, 1],
    ]);
    const stranger = await replay(recording, toFetchHandler(receiver), { url: 'https://me.test/hook' });
    expect(stranger.different[0]).toEqual({ line: 1, recorded: 204, now: 404 });
  });

  test('is made inside a receiver too, whatever adapter feeds it; strangers are not recorded', async () => {
    const lines: string[] = [];
    const recorder = createRecorder({ write: (line) => lines.push(line), now: () => 7 });
    const seen: unknown[] = [];
    const receiver = recorder.within(
      createReceiver({ secrets: secret }).on('*', ({ assetId }) => void seen.push(assetId)),
    );
    const body = JSON.stringify(buildDelivery({ eventId: 40, assetId: 987_654 }));
    const handle = toFetchHandler(receiver);
    for (const address of [url, 'https://me.test/hook?key=wrong'])
      await handle(new Request(address, { method: 'POST', body }));
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { at: 0, method: 'POST', status: 204, body: { EventID: 40, AssetID: 1 } },
    ]);
    expect([seen, lines.join().includes('a-secret')]).toEqual([[987_654], false]);
  });

  test('that is none is refused with the line, before anything is sent', async () => {
    const recording = `${await record(bodies.slice(0, 1))}\n\n{"at":1}`;
    await expect(replay(recording, () => expect.unreachable())).rejects.toThrow(/^Line 3 /);
  });
});

describe('toHaveReceived', () => {
  test('tells what was delivered and, when it was not, what was', async () => {
    const { control } = createSimulator();
    expect(hubexMatchers.toHaveReceived(control, { eventId: 40 }).message()).toMatch(/Nothing was sent at all/);
    control.deliverTo(async (request) => {
      const junk = (await request.text()).includes('"EventID":42');
      return new Response(null, { status: junk ? 500 : 200 });
    });
    control.subscribe({ uri: url });
    for (const eventId of [40, 40, 42]) control.emit({ eventId, assetId: 101 });
    await control.settled();
    expect(control).toHaveReceived({ eventId: 40, assetId: 101 });
    expect(control).toHaveReceived({ eventId: 40, count: 2 });
    expect(control).not.toHaveReceived({ eventId: 41 });
    const { pass, message } = hubexMatchers.toHaveReceived(control, { eventId: 42 });
    expect([pass, message()]).toEqual([false, expect.stringContaining('event 42, asset 101: failed (')]);
  });
});
