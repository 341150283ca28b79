import { createManualClock, createSimulator } from '@hubex-kit/simulator';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  type ClientOptions,
  createHubexClient,
  createRateLimiter,
  type HubexClient,
  type HubexError,
  isHubexError,
  systemClock,
} from './index.ts';

const start = Date.UTC(2026, 2, 2);

/** Lets everything happen that is due within the time, and what follows from it. */
async function pass(clock: ReturnType<typeof createManualClock>, ms: number, step = 50): Promise<void> {
  await new Promise(setImmediate);
  for (let passed = 0; passed < ms; passed += step) {
    clock.advance(step);
    await new Promise(setImmediate);
  }
}

/** A client whose fetch answers by hand, and a clock that stands still. */
function harness(
  answers: (attempt: number, request: Request) => Response | Promise<Response>,
  options: Partial<ClientOptions> = {},
) {
  const clock = createManualClock(start);
  const requests: { readonly method: string; readonly at: number }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    requests.push({ method: request.method, at: clock.now() - start });
    return answers(requests.length, request);
  };
  const client = createHubexClient({
    accessToken: 'secret-token',
    baseUrl: 'https://hubex.test/fsm',
    fetch,
    clock,
    random: () => 0.999,
    ...options,
  } as ClientOptions);
  return { client, clock, requests };
}

async function outcome(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'done',
    (error: unknown) => error,
  );
}

const status = (code: number, headers: Record<string, string> = {}): Response =>
  new Response(null, { status: code, headers });
const asset = { name: 'Лифт', companyID: 1, assetTypeID: 3, assetClassID: 1 };

describe('repetitions', () => {
  test.each<[string, (client: HubexClient) => Promise<unknown>, number, Response, number]>([
    ['a read after a 503', (client) => client.assets.get(1), 503, status(503), 4],
    ['a replacement after a 500', (client) => client.assets.publish(1), 500, status(500), 4],
    ['nothing after a 501', (client) => client.assets.get(1), 501, status(501), 1],
    ['nothing after a 409', (client) => client.assets.publish(1), 409, status(409), 1],
    ['no creation that may have been carried out', (client) => client.assets.create(asset), 502, status(502), 1],
    ['a creation that was refused by the rate limit', (client) => client.assets.create(asset), 429, status(429), 4],
    [
      'a creation with a stamp',
      (client) => client.assets.create(asset, { concurrencyStamp: '0c8a7a70-3c1e-4b8f-9a53-1f2d3c4b5a69' }),
      500,
      status(500),
      4,
    ],
  ])('repeat %s', async (_, call, code, answer, tries) => {
    const { client, clock, requests } = harness(() => answer.clone());
    const result = outcome(call(client));
    await pass(clock, 60_000, 500);
    expect(await result).toMatchObject({ status: code });
    expect(requests).toHaveLength(tries);
  });

  test('wait longer each time, drawn from the whole of the pause, and say how often they tried', async () => {
    const { client, clock, requests } = harness(() => status(503));
    const result = outcome(client.assets.get(1));
    await pass(clock, 10_000, 10);
    const gaps = requests.map(({ at }, index) => at - (requests[index - 1]?.at ?? 0)).slice(1);
    expect(gaps).toEqual([500, 1_000, 2_000]);
    expect(((await result) as HubexError).message).toMatch(/tried 4 times/);
  });

  test('wait as long as Retry-After says, and end well when HubEx does', async () => {
    const { client, clock, requests } = harness((attempt) =>
      attempt === 1 ? status(429, { 'Retry-After': '7' }) : Response.json({ id: 1 }),
    );
    const result = outcome(client.assets.get(1));
    await pass(clock, 6_900);
    expect(requests).toHaveLength(1);
    await pass(clock, 4_000);
    expect([await result, requests.length]).toEqual(['done', 2]);
  });

  test('are none with attempts 0', async () => {
    const { client, requests } = harness(() => status(503), { retry: { attempts: 0 } });
    expect(await outcome(client.assets.get(1))).toMatchObject({ code: 'hubex/server' });
    expect(requests).toHaveLength(1);
  });

  test('give each try its whole timeout and the call its deadline', async () => {
    const hang = (_: number, request: Request): Promise<Response> =>
      new Promise((_resolve, reject) => request.signal.addEventListener('abort', () => reject(new Error('aborted'))));
    const { client, clock, requests } = harness(hang, {
      timeoutMs: 1_000,
      deadlineMs: 3_200,
      retry: { attempts: 9, baseMs: 0 },
    });
    const result = outcome(client.assets.get(1));
    await pass(clock, 4_000, 1);
    expect(requests.map(({ at }) => Math.round(at / 100) * 100)).toEqual([0, 1_000, 2_000, 3_000]);
    expect(await result).toMatchObject({ code: 'hubex/timeout', message: expect.stringMatching(/deadlineMs/) });
  });

  test('end at once when the caller gives up during a pause, and leave no listener behind', async () => {
    const { client, clock } = harness(() => status(503));
    const controller = new AbortController();
    const [add, remove] = [
      vi.spyOn(controller.signal, 'addEventListener'),
      vi.spyOn(controller.signal, 'removeEventListener'),
    ];
    const result = outcome(client.assets.get(1, { signal: controller.signal }));
    await pass(clock, 100);
    controller.abort();
    expect(await result).toMatchObject({ code: 'hubex/aborted' });
    expect(add.mock.calls.length).toBe(remove.mock.calls.length);
  });
});

describe('the rate limit', () => {
  test('lets a burst through and then one call a second', async () => {
    const { client, clock, requests } = harness(() => status(204));
    const all = Promise.all(Array.from({ length: 70 }, (_, id) => client.assets.get(id + 1)));
    await pass(clock, 0);
    await new Promise(setImmediate);
    expect([requests.length, client.limiter.available()]).toEqual([60, 0]);
    await pass(clock, 10_000, 500);
    await all;
    expect(requests).toHaveLength(70);
    expect(requests.at(-1)?.at).toBe(10_000);
  });

  test('is shared by clients that share a limiter', async () => {
    const clock = createManualClock(start);
    const rateLimit = createRateLimiter({ perMinute: 60, burst: 2, clock });
    const [one, other] = [harness(() => status(204), { rateLimit }), harness(() => status(204), { rateLimit })];
    await Promise.all([one.client.assets.get(1), other.client.assets.get(1)]);
    expect([one.client.limiter.available(), other.client.limiter.available()]).toEqual([0, 0]);
  });

  test('serves spare calls only while half of the burst is left and nobody else waits', async () => {
    const clock = createManualClock(start);
    const limiter = createRateLimiter({ perMinute: 60, burst: 10, clock });
    const order: string[] = [];
    for (let call = 0; call < 8; call++) void limiter.take({ priority: 'spare' }).then(() => order.push('spare'));
    await new Promise(setImmediate);
    expect(order).toHaveLength(6);
    for (let call = 0; call < 5; call++) void limiter.take().then(() => order.push('normal'));
    await pass(clock, 1_000);
    expect(order.slice(6)).toEqual(Array(5).fill('normal'));
    await pass(clock, 20_000, 500);
    expect(order.filter((kind) => kind === 'spare')).toHaveLength(8);
  });

  test('learns from a 429: silence for as long as HubEx wants, then half the rate, which recovers', async () => {
    const clock = createManualClock(start);
    const limiter = createRateLimiter({ perMinute: 60, clock });
    limiter.penalise(5_000);
    await pass(clock, 5_000);
    expect(limiter.available()).toBe(0);
    await pass(clock, 10_000, 1_000);
    expect(limiter.available()).toBe(5);
    await pass(clock, 600_000, 60_000);
    for (let call = 0; call < 60; call++) await limiter.take();
    await pass(clock, 10_000, 1_000);
    expect(limiter.available()).toBe(10);
  });

  test('never lets more through than it promises, whatever the pattern', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 120 }), async (gaps) => {
        const clock = createManualClock(start);
        const limiter = createRateLimiter({ perMinute: 60, burst: 10, clock });
        const times: number[] = [];
        for (const gap of gaps) {
          clock.advance(gap);
          void limiter.take().then(() => times.push(clock.now()));
          await Promise.resolve();
        }
        await pass(clock, 120_000, 1_000);
        expect(times).toHaveLength(gaps.length);
        for (const [index, at] of times.entries()) {
          const within = times.slice(index).filter((other) => other < at + 30_000).length;
          expect(within).toBeLessThanOrEqual(10 + 30 + 1);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('forgets a caller who gave up while waiting', async () => {
    const clock = createManualClock(start);
    const limiter = createRateLimiter({ perMinute: 60, burst: 1, clock });
    await limiter.take();
    const controller = new AbortController();
    const gone = limiter.take({ signal: controller.signal });
    const next = limiter.take();
    controller.abort();
    expect(await gone).toBe(false);
    await pass(clock, 1_000);
    expect(await next).toBe(true);
  });
});

describe('secrets', () => {
  test.each<[string, unknown]>([
    ['a line break', 'geheim\nx'],
    ['a letter HTTP does not allow', 'geheim-ы'],
    ['nothing', ''],
    ['no text', { geheim: 1 }],
  ])('of a token source with %s are not printed', async (_, token) => {
    const tokenSource = { get: () => Promise.resolve(token as string), refused: () => false }; // wrong on purpose
    const client = createHubexClient({ tokenSource, fetch: () => expect.unreachable() });
    const error = (await outcome(client.assets.get(1))) as HubexError;
    expect(isHubexError(error, 'hubex/bad-option')).toBe(true);
    expect(`${error.message} ${error.stack} ${String(error.cause)} ${JSON.stringify(error)}`).not.toMatch(/geheim/);
  });

  test('in what a token source throws are not printed, and neither is a bad header', async () => {
    const get = (): Promise<string> => Promise.reject(new Error('geheim'));
    const failing = createHubexClient({ tokenSource: { get, refused: () => false } });
    const { client } = harness(() => status(204));
    for (const promise of [failing.assets.get(1), client.assets.get(1, { headers: { 'X-Key': 'geheim\nx' } })]) {
      const error = (await outcome(promise)) as HubexError;
      expect(isHubexError(error)).toBe(true);
      expect(`${error.stack} ${String(error.cause)}`).not.toMatch(/geheim/);
    }
  });

  test('do not reach hooks, and a hook that throws breaks nothing', async () => {
    const told: unknown[] = [];
    const note = (value: object): void => {
      told.push(value);
      throw new Error('boom');
    };
    const { client, clock } = harness((attempt) => status(attempt === 1 ? 503 : 204), {
      hooks: { onRequest: note, onResponse: note, onRetry: note },
    });
    const result = outcome(client.assets.get(1));
    await pass(clock, 1_000);
    expect(await result).toBe('done');
    expect(told).toMatchObject([
      { operationId: 'getAsset', method: 'GET' },
      { status: 503 },
      { attempt: 1, waitMs: 499, code: 'hubex/server' },
      {},
      { status: 204 },
    ]);
    expect(JSON.stringify(told)).not.toMatch(/secret-token/);
  });
});

test.each(['.', '..', ''])('a path parameter %j does not lead to another address', async (name) => {
  const { client, requests } = harness(() => status(202));
  expect(await outcome(client.variables.delete(name))).toMatchObject({ code: 'hubex/bad-option', field: 'name' });
  expect(requests).toEqual([]);
});

describe('lists of a tenant that changes while it is read', () => {
  test('miss no row that stays and repeat none', async () => {
    const plan = fc.record({
      seed: fc.integer({ min: 1, max: 1_000 }),
      pageSize: fc.integer({ min: 2, max: 12 }),
      acts: fc.array(fc.integer({ min: 0, max: 59 }), { maxLength: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ seed, pageSize, acts }) => {
        const sim = createSimulator({ seed, assets: 40 });
        const options = {
          serviceToken: sim.control.info.serviceToken,
          baseUrl: 'https://hubex.test/fsm',
          rateLimit: false as const,
        };
        const fetch: typeof globalThis.fetch = (input, init) => sim.fetch(new Request(input, init));
        const [reader, worker] = [createHubexClient({ ...options, fetch }), createHubexClient({ ...options, fetch })];
        const before = await ids(worker);
        const gone = new Set<number>();
        const left = [...acts];
        const found: number[] = [];
        for await (const { id } of reader.assets.list({}, { pageSize })) {
          found.push(id);
          const victim = before[left.shift() ?? -1];
          if (victim !== undefined && !gone.has(victim)) {
            if ((await outcome(worker.assets.delete(victim))) === 'done') gone.add(victim);
          }
        }
        expect(new Set(found).size).toBe(found.length);
        expect(before.filter((id) => !gone.has(id) && !found.includes(id))).toEqual([]);
        await sim.control.close();
      }),
      { numRuns: 60 },
    );
  });

  test('end with a typed error where HubEx cuts silently', async () => {
    const rows = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [index + 1, { id: index + 1 }]));
    const { client } = harness(() => Response.json(rows));
    expect(await outcome(ids(client))).toMatchObject({ code: 'hubex/incomplete-list' });
    expect(await outcome(client.call('listAssets'))).toMatchObject({ code: 'hubex/incomplete-list' });
  });

  test('end with a typed error when a page is not the one asked for', async () => {
    const { client } = harness(() =>
      Response.json({ 1: { id: 1 } }, { status: 206, headers: { 'Content-Range': 'items=5-5/9' } }),
    );
    expect(await outcome(ids(client))).toMatchObject({
      code: 'hubex/unexpected-reply',
      message: expect.stringMatching(/items=5-5\/9/),
    });
  });
});

async function ids(client: HubexClient): Promise<number[]> {
  const found: number[] = [];
  for await (const { id } of client.assets.list()) found.push(id);
  return found;
}

describe('webhooks.ensure', () => {
  const desired = { name: 'mirror', uri: 'https://you.example/hook?key=${key}', events: [40, 41, 42] };

  function tenant(): { client: HubexClient; writes: string[] } {
    const sim = createSimulator({ assets: 10 });
    const writes: string[] = [];
    const fetch: typeof globalThis.fetch = (input, init) => {
      const request = new Request(input, init);
      if (request.method !== 'GET' && !request.url.includes('AUTHZ'))
        writes.push(`${request.method} ${new URL(request.url).pathname}`);
      return sim.fetch(request);
    };
    return {
      client: createHubexClient({
        serviceToken: sim.control.info.serviceToken,
        baseUrl: 'https://hubex.test/fsm',
        fetch,
      }),
      writes,
    };
  }

  test('creates, leaves alone, updates what differs, and switches on', async () => {
    const { client, writes } = tenant();
    const { id, outcome: first } = await client.webhooks.ensure(desired);
    expect(first).toBe('created');
    expect(await client.webhooks.ensure({ ...desired, events: [42, 41, 40, 40] })).toEqual({
      id,
      outcome: 'unchanged',
      changed: [],
    });
    expect(writes).toEqual(['POST /fsm/MSG/Webhooks']);
    expect(await client.webhooks.ensure({ ...desired, events: [40, 44], uri: 'https://you.example/new' })).toEqual({
      id,
      outcome: 'updated',
      changed: ['uri', 'events'],
    });
    await client.webhooks.deactivate(id);
    expect(
      await client.webhooks.ensure({ ...desired, events: [44, 40], uri: 'https://you.example/new' }),
    ).toMatchObject({ id, changed: ['isActive'] });
    expect(await client.webhooks.get(id)).toMatchObject({
      isActive: true,
      uri: 'https://you.example/new',
      events: [{ id: 40 }, { id: 44 }],
    });
  });

  test('refuses two of one name, naming their ids and not their addresses', async () => {
    const { client } = tenant();
    const made = await client.webhooks.merge(
      [{ ...desired }, { ...desired }].map((webhook) => ({ ...webhook, events: [...webhook.events] })),
    );
    const error = (await outcome(client.webhooks.ensure(desired))) as HubexError;
    expect(error.message).toContain(made.join(', '));
    expect(error.message).not.toContain('you.example');
  });

  test('is watched until the loop is left', async () => {
    const { client } = tenant();
    const { id } = await client.webhooks.ensure(desired);
    const seen: unknown[] = [];
    for await (const health of client.webhooks.watch(id, { everyMs: 1 })) {
      seen.push(health);
      if (seen.length === 1) await client.webhooks.delete(id);
      else break;
    }
    expect(seen).toMatchObject([
      { exists: true, isActive: true, callsRemaining: 10 },
      { exists: false, isActive: false },
    ]);
  });
});

describe('assets.update', () => {
  test('keeps every field that was not named, under whatever name it is read, and says what could not be kept', async () => {
    const sim = createSimulator({ assets: 10 });
    const fetch: typeof globalThis.fetch = (input, init) => sim.fetch(new Request(input, init));
    const { serviceToken } = sim.control.info;
    const client = createHubexClient({ serviceToken, baseUrl: 'https://hubex.test/fsm', fetch, rateLimit: false });
    for (const id of [101, 103]) {
      const before = await client.assets.get(id);
      expect(await client.assets.update(id, { notes: 'Новая заметка' })).toEqual({
        lost: ['isSkipForEscalation', 'isStopEscalation'],
      });
      expect(await client.assets.get(id)).toEqual({ ...before, notes: 'Новая заметка' });
    }
    const named = { isSkipForEscalation: true, isStopEscalation: false };
    expect(await client.assets.update(103, named)).toEqual({ lost: [] });
    expect(await outcome(client.assets.update(999, named))).toMatchObject({ code: 'hubex/not-found' });
  });
});

describe('refresh tokens', () => {
  test('are exchanged one after the other, each saved before it is needed', async () => {
    const sim = createSimulator({ assets: 5 });
    const fetch: typeof globalThis.fetch = (input, init) => sim.fetch(new Request(input, init));
    const options = { baseUrl: 'https://hubex.test/fsm', fetch, rateLimit: false as const };
    const person = createHubexClient({ ...options, serviceToken: sim.control.info.serviceToken });
    const { data } = await person.call('getRefreshToken');
    const saved: string[] = [];
    let offset = 0;
    const clock = { ...systemClock, now: () => Date.now() + offset };
    const refreshToken = data?.refresh_token ?? '';
    const saveRefreshToken = (token: string): void => void saved.push(token);
    const client = createHubexClient({ ...options, clock, refreshToken, saveRefreshToken });
    expect((await client.assets.get(101))?.id).toBe(101);
    offset = 1_790_000;
    expect((await client.assets.get(101))?.id).toBe(101);
    expect(new Set([refreshToken, ...saved]).size).toBe(3);
    // The first one is dead by now, the last one lives.
    expect(await outcome(createHubexClient({ ...options, refreshToken }).assets.get(101))).toMatchObject({
      status: 400,
    });
    expect(await outcome(createHubexClient({ ...options, refreshToken: saved[1] ?? '' }).assets.get(101))).toBe('done');
  });

  test('that cannot be saved are told, and not printed', async () => {
    const reply = { access_token: 'a-token', refresh_token: 'geheim', expires_in: 1800 };
    const fetch: typeof globalThis.fetch = async () => Response.json(reply);
    const saveRefreshToken = (token: string): never => {
      throw new Error(token);
    };
    const client = createHubexClient({ refreshToken: 'first', saveRefreshToken, fetch, rateLimit: false });
    const error = (await outcome(client.assets.get(1))) as HubexError;
    expect([error.code, error.field]).toEqual(['hubex/bad-option', 'saveRefreshToken']);
    expect(`${error.stack} ${String(error.cause)}`).not.toMatch(/geheim/);
  });
});
