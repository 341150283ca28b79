import { validateDelivery } from '@hubex-kit/contract/validators';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  createMemoryInbox,
  createReceiver,
  type HubexEvent,
  type Incoming,
  match,
  parseDelivery,
  type ReceiverError,
  type ReceiverOptions,
  redactUrl,
} from './index.ts';

const secret = 'Zm9yLXRlc3RzLW9ubHktMTI4Yml0';
const other = 'YW5vdGhlci1zZWNyZXQtMTI4Yml0';
const delivery = { TenantID: 105, TaskID: null, AssetID: 7, EventID: 40 };

function incoming(url: string, body: unknown = delivery, method = 'POST'): Incoming {
  return { method, url, readBody: () => Promise.resolve({ kind: 'body', body }) };
}

function isAssetEvent(id: unknown): boolean {
  return [40, 41, 42, 43, 44].includes(Number(id)) && typeof id === 'number';
}

function setUp(options: Partial<ReceiverOptions> = {}): {
  receiver: ReturnType<typeof createReceiver>;
  events: HubexEvent[];
  errors: ReceiverError[];
} {
  const [events, errors]: [HubexEvent[], ReceiverError[]] = [[], []];
  const receiver = createReceiver({ secrets: secret, onError: (error) => errors.push(error), ...options }).on(
    '*',
    (event) => void events.push(event),
  );
  return { receiver, events, errors };
}

describe('the secret', () => {
  test.each([
    `/hook?key=${secret}`,
    `/hook/${secret}`,
    `/a//b/${secret}/?x=1`,
    `https://host.example/hook?x=1&key=wrong&key=${secret}`,
    `//hook?key=${secret}`,
  ])('opens %s', async (url) => {
    const { receiver, events } = setUp();
    expect((await receiver.receive(incoming(url))).status).toBe(204);
    await receiver.idle();
    expect(events).toHaveLength(1);
  });

  test.each([
    '/hook',
    '/hook?key=',
    `/hook?key=${secret.slice(1)}`,
    `/hook?key=${secret}x`,
    `/hook?other=${secret}`,
    `/hook?key=${other}`,
  ])('does not open %s: 404, nothing is read or stored', async (url) => {
    let reads = 0;
    const inbox = { store: () => expect.unreachable('nothing may be stored') };
    const { receiver } = setUp({ inbox });
    const request = { ...incoming(url), readBody: () => Promise.reject(new Error(`read ${reads++}`)) };
    expect((await receiver.receive(request)).status).toBe(404);
    expect(reads).toBe(0);
  });

  test('may be one of several, for rotation, and its parameter may have another name', async () => {
    const { receiver } = setUp({ secrets: [secret, other], secretParameter: 'token' });
    for (const each of [secret, other])
      expect((await receiver.receive(incoming(`/hook?token=${each}`))).status).toBe(204);
  });

  test.each([[''], ['short'], ['has space in the middle of it'], [[]], [undefined]])(
    'is refused when it is weak: %j',
    (secrets) => {
      expect(() => createReceiver({ secrets: secrets as never })).toThrow(/Make one with/); // wrong on purpose
    },
  );

  test('does not survive redaction', () => {
    expect(redactUrl(`https://u:p@host.example:8080/hook/${secret}?key=${secret}&x=1#f`)).toBe(
      'https://***@host.example:8080/hook/***?key=***&x=***',
    );
    expect(redactUrl('/hook')).toBe('/hook');
    expect(redactUrl(`/hook?${secret}&debug&a%3D${secret}`)).toBe('/hook?***&debug&***');
    expect(redactUrl('https://u:p@ss@h.example/x')).toBe('https://***@h.example/x');
  });
});

describe('the answer', () => {
  test('waits for the inbox and not for the handlers', async () => {
    const order: string[] = [];
    const inbox = { store: async () => void order.push('stored') };
    const receiver = createReceiver({ secrets: secret, inbox }).on('asset.created', () => void order.push('handled'));
    await receiver.receive(incoming(`/hook?key=${secret}`)).then(() => order.push('answered'));
    await receiver.idle();
    expect(order[0]).toBe('stored');
    expect(order).toContain('handled');
  });

  test('is 503 when the inbox cannot store, and no handler runs', async () => {
    const { receiver, events, errors } = setUp({ inbox: { store: () => Promise.reject(new Error('disk full')) } });
    expect((await receiver.receive(incoming(`/?key=${secret}`))).status).toBe(503);
    await receiver.idle();
    expect([events, errors.map(({ code }) => code)]).toEqual([[], ['receiver/inbox-failed']]);
  });

  test('is 2xx when a handler throws; onError hears of it', async () => {
    const errors: ReceiverError[] = [];
    const receiver = createReceiver({ secrets: secret, onError: (error) => errors.push(error) }).on(40, () =>
      Promise.reject(new Error('boom')),
    );
    expect((await receiver.receive(incoming(`/?key=${secret}`))).status).toBe(204);
    await receiver.idle();
    expect(errors).toMatchObject([{ code: 'receiver/handler-failed', cause: { message: 'boom' } }]);
  });

  test.each<[string, unknown]>([
    ['nothing', ''],
    ['text', 'hello'],
    ['half a JSON', '{"TenantID":1'],
    ['an array', [delivery]],
    ['a number', 5],
    ['null', null],
    ['no TenantID', { EventID: 40, AssetID: 1 }],
    ['a text for an id', { ...delivery, AssetID: '7' }],
    ['an event id with a fraction', { ...delivery, EventID: 40.5 }],
    ['a number too large for an id', { ...delivery, AssetID: 2 ** 31 }],
    ['an asset event without its asset', { ...delivery, AssetID: null }],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x00])],
    ['what cannot be written down as JSON', { Note: 1n }],
  ])('is 2xx for junk (%s), which goes to quarantine', async (_, body) => {
    const inbox = createMemoryInbox();
    const { receiver, events, errors } = setUp({ inbox });
    expect((await receiver.receive(incoming(`/?key=${secret}`, body))).verdict).toBe('quarantined');
    await receiver.idle();
    expect([events, inbox.quarantine.length, errors.map(({ code }) => code)]).toEqual([[], 1, ['receiver/junk-body']]);
  });

  test.each([
    ['too-large', 413],
    ['too-slow', 408],
    ['incomplete', 400],
    ['consumed', 500],
  ] as const)('to a body that is %s is %i', async (kind, status) => {
    const { receiver, errors } = setUp();
    const answer = await receiver.receive({
      ...incoming(`/?key=${secret}`),
      readBody: () => Promise.resolve({ kind }),
    });
    expect([answer.status, errors.length]).toEqual([status, 1]);
  });

  test('is 2xx to a probe with the secret and 404 without', async () => {
    const { receiver } = setUp();
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      expect((await receiver.receive(incoming(`/?key=${secret}`, undefined, method))).status).toBe(204);
      expect((await receiver.receive(incoming('/', undefined, method))).status).toBe(404);
    }
  });

  test.each(['PUT', 'PATCH', 'post'])('keeps a delivery that comes by %s', async (method) => {
    const { receiver, events } = setUp();
    expect((await receiver.receive(incoming(`/?key=${secret}`, delivery, method))).verdict).toBe('stored');
    await receiver.idle();
    expect(events).toHaveLength(1);
  });

  test('stays the same when onError itself throws', async () => {
    const receiver = createReceiver({ secrets: secret, onError: () => expect.unreachable() });
    expect((await receiver.receive(incoming(`/?key=${secret}`, 'junk'))).status).toBe(204);
  });
});

describe('handlers', () => {
  test('get the event of their name or id, narrowed', async () => {
    const seen: unknown[] = [];
    const receiver = createReceiver({ secrets: secret })
      .on('asset.deleted', (event) => {
        expectTypeOf(event.id).toEqualTypeOf<42>();
        seen.push(event.assetId);
      })
      .on(43, (event) => {
        expectTypeOf(event.name).toEqualTypeOf<'asset.published'>();
        seen.push(event.name);
      })
      .on('unknown', ({ id, assetId, payload }) => void seen.push([id, assetId, payload.TaskID]));
    for (const body of [
      { ...delivery, EventID: 42 },
      { ...delivery, EventID: 43 },
      { TenantID: 1, EventID: 3, TaskID: 9 },
      { TenantID: 1 },
    ]) {
      expect((await receiver.receive(incoming(`/?key=${secret}`, body))).status).toBe(204);
    }
    await receiver.idle();
    expect(seen).toEqual([7, 'asset.published', [3, null, 9], [null, null, undefined]]);
  });

  test('are refused twice for one event, for an id that is no event, and after the first delivery', async () => {
    const { receiver } = setUp();
    receiver.on('asset.created', () => undefined);
    expect(() => receiver.on(40, () => undefined)).toThrow(
      expect.objectContaining({ code: 'receiver/duplicate-handler' }),
    );
    expect(() => receiver.on('asset.creatd' as never, () => undefined)).toThrow(/did you mean asset.created\?/); // wrong on purpose
    expect(() => receiver.on('asset.deleted', undefined as never)).toThrow(/must be a function/); // wrong on purpose
    expect(() => receiver.on(45 as never, () => undefined)).toThrow(/no such event/); // wrong on purpose
    expect((await receiver.receive(incoming(`/?key=${secret}`))).status).toBe(204);
    expect(() => receiver.on('asset.changed', () => undefined)).toThrow(
      expect.objectContaining({ code: 'receiver/too-late' }),
    );
  });
});

describe('hooks', () => {
  test('get unknown events and quarantined bodies, and may fail', async () => {
    const seen: unknown[] = [];
    const { receiver, errors } = setUp({
      onUnknown: ({ id }) => void seen.push(id),
      onQuarantine({ reason }) {
        seen.push(reason);
        throw new Error('boom');
      },
    });
    for (const body of [
      { TenantID: 1, EventID: 3 },
      { TenantID: 1, EventID: 41 },
    ])
      expect((await receiver.receive(incoming(`/?key=${secret}`, body))).status).toBe(204);
    await receiver.idle();
    expect(seen).toEqual(expect.arrayContaining(['AssetID', 3]));
    expect(errors).toMatchObject([{ code: 'receiver/handler-failed', cause: { message: 'boom' } }]);
  });

  test('keep the deliveries of tenants that are not on the list out, without a failed call', async () => {
    const inbox = createMemoryInbox();
    const { receiver, events } = setUp({ inbox, tenants: [105] });
    for (const TenantID of [105, 106])
      expect((await receiver.receive(incoming(`/?key=${secret}`, { ...delivery, TenantID }))).status).toBe(204);
    await receiver.idle();
    expect(events.map(({ tenantId }) => tenantId)).toEqual([105]);
    expect(inbox.quarantine).toMatchObject([{ reason: 'TenantID 106 is not among tenants' }]);
  });
});

describe('match', () => {
  const created = parseDelivery(delivery) as HubexEvent; // a delivery, as the test above shows

  test('calls the case of the event, narrowed, and returns its result', () => {
    const cases = {
      'asset.created': ({ id }: { id: 40 }) => `created ${id}`,
      'asset.changed': () => 'changed',
      'asset.deleted': () => 'deleted',
      'asset.published': () => 'published',
      'asset.unpublished': () => 'unpublished',
      unknown: () => 'unknown',
    };
    expect(match(created, cases)).toBe('created 40');
    const { 'asset.created': _, ...incomplete } = cases;
    // @ts-expect-error one event is missing, and there is no case for the others
    expect(() => match(created, incomplete)).toThrow(/no case for asset.created/);
  });

  test('hands what has no case to _', () => {
    expect(match(created, { 'asset.deleted': () => 'deleted', _: ({ name }) => name })).toBe('asset.created');
  });
});

describe('parseDelivery', () => {
  test('takes any case of names, null or absent, unknown fields, a byte order mark, bytes', () => {
    const expected = { name: 'asset.created', id: 40, tenantId: 105, assetId: 7 };
    const text = JSON.stringify(delivery);
    const bytes = new TextEncoder().encode(text);
    for (const input of [
      delivery,
      text,
      `\uFEFF${text}`,
      bytes,
      bytes.buffer,
      { tenantid: 105, ASSETID: 7, eventId: 40 },
      { ...delivery, New: [1] },
      { ...delivery, trim: 'x', byteLength: 8, slice: { call: 1 }, toString: 1, constructor: null },
      '{"TenantID":105,"AssetID":null,"assetid":7,"ASSETID":8,"EventID":40}',
      '{"TenantID":105,"AssetID":7,"assetid":8,"EventID":40}',
    ]) {
      expect(parseDelivery(input)).toMatchObject(expected);
    }
    const kept = parseDelivery({ ...delivery, New: [1] });
    expect(kept).toMatchObject({ payload: { New: [1] } });
    expect(parseDelivery({ ...delivery, EventID: 300 })).toMatchObject({ name: 'unknown', id: 300 });
  });

  test('agrees with the validator of the spec about every delivery the spec allows', () => {
    const id = fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { nil: null });
    const odd = fc.oneof(id, id, id, fc.string(), fc.double(), fc.constant(undefined));
    const body = fc.record({ TenantID: odd, AssetID: odd, EventID: fc.oneof(fc.integer({ min: 38, max: 46 }), odd) });
    fc.assert(
      fc.property(body, (made) => {
        const value = JSON.parse(JSON.stringify(made));
        const event = parseDelivery(JSON.stringify(made));
        const { ok } = validateDelivery(value);
        if (event.name === 'junk') expect(ok && !(isAssetEvent(value.EventID) && value.AssetID == null)).toBe(false);
        else expect(ok || Number(event.id) < 0 || Number(event.id) > 255).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('never throws and always says why', () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        const result = parseDelivery(input);
        expect(result.name !== 'junk' || String(result.reason).length > 0).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

test.each([undefined, null, secret])('refuses %j in place of options', (options) => {
  expect(() => createReceiver(options as never)).toThrow(/takes an object of options/); // wrong on purpose
});

test.each<[object, RegExp]>([
  [{ secret }, /no option secret; did you mean secrets\?/],
  [{ secrets: secret, tenants: ['105'] }, /tenants must be a list of whole numbers/],
  [{ secrets: secret, tenants: [] }, /tenants must be a list/],
  [{ secrets: secret, inbox: null }, /inbox must be an object with store/],
  [{ secrets: secret, secretParameter: 'a&b' }, /secretParameter must be a name/],
  [{ secrets: secret, onErorr: () => undefined }, /did you mean onError\?/],
  [{ secrets: secret, maxBodySize: 5 }, /did you mean maxBodyBytes\?/],
  [{ secrets: secret, inbox: {} }, /inbox must be an object with store/],
  [{ secrets: secret, onError: 'log' }, /onError must be a function/],
  [{ secrets: secret, maxBodyBytes: 0 }, /maxBodyBytes/],
  [{ secrets: secret, bodyTimeoutMs: 1.5 }, /bodyTimeoutMs/],
])('refuses the options %j', (options, message) => {
  expect(() => createReceiver(options as never)).toThrow(message); // wrong on purpose
});
