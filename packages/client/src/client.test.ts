import fc from 'fast-check';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, expectTypeOf, test, vi } from 'vitest';
import {
  createHubexClient,
  faultyWorkbook,
  type HubexClient,
  type HubexError,
  isHubexError,
  systemClock,
} from './index.ts';

const base = 'https://hubex.test/fsm';

interface Sent {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A client over a fetch that answers by hand; `sent` is everything but the token requests. */
function harness(
  answer: (sent: Sent) => Response | Promise<Response>,
  options: object = {},
): { client: HubexClient; sent: Sent[]; tokens: Sent[] } {
  const [sent, tokens]: [Sent[], Sent[]] = [[], []];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const text = await request.text();
    const one = {
      method: request.method,
      url: new URL(request.url),
      headers: request.headers,
      body: text ? JSON.parse(text) : undefined,
    };
    if (one.url.pathname.endsWith('/AUTHZ/AccessTokens')) {
      tokens.push(one);
      return Response.json({ access_token: `token-${tokens.length}`, expires_in: 1800 });
    }
    sent.push(one);
    return answer(one);
  };
  return {
    client: createHubexClient({
      ...{ serviceToken: 'service-secret', baseUrl: base, fetch, rateLimit: false, retry: { attempts: 0 } },
      ...options,
    }),
    sent,
    tokens,
  };
}

const empty = (status: number): Response => new Response(null, { status });

async function failure(promise: Promise<unknown>): Promise<HubexError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isHubexError(error)) throw new Error(`Expected a HubexError, got ${String(error)}.`);
  return error;
}

describe('tokens', () => {
  test('are fetched once for calls that start together, with X-Application-ID 5', async () => {
    const { client, sent, tokens } = harness(() => empty(204));
    await Promise.all([client.assets.get(1), client.assets.get(2), client.webhooks.get(3)]);
    expect(tokens).toHaveLength(1);
    expect(tokens[0]?.body).toEqual({ serviceToken: 'service-secret' });
    expect(tokens[0]?.headers.get('X-Application-ID')).toBe('5');
    expect(sent.map(({ headers }) => headers.get('Authorization'))).toEqual(Array(3).fill('Bearer token-1'));
  });

  test('are renewed a minute before they end', async () => {
    let now = 0;
    const { client, tokens } = harness(() => empty(204), { clock: { ...systemClock, now: () => now } });
    for (const moment of [0, 1_739_000, 1_741_000]) {
      now = moment;
      await client.assets.get(1);
    }
    expect(tokens).toHaveLength(2);
  });

  test('are replaced once after a 401, and the call is repeated', async () => {
    const { client, sent } = harness(({ headers }) =>
      headers.get('Authorization') === 'Bearer token-1' ? empty(401) : empty(202),
    );
    await client.assets.publish(7);
    expect(sent.map(({ headers }) => headers.get('Authorization'))).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  test('are not replaced twice, nor after a 403', async () => {
    const refused = harness(() => empty(401));
    expect((await failure(refused.client.assets.get(1))).code).toBe('hubex/unauthorised');
    expect(refused.sent).toHaveLength(2);
    const forbidden = harness(() => empty(403));
    expect((await failure(forbidden.client.assets.get(1))).code).toBe('hubex/forbidden');
    expect(forbidden.sent).toHaveLength(1);
  });

  test('never show up in errors', async () => {
    const { client } = harness(() => Response.json([{ code: 'InvalidData' }], { status: 409 }));
    const error = await failure(client.assets.get(1));
    expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toMatch(/token-1|service-secret/);
  });
});

describe('lists', () => {
  test('follow Content-Range: nothing is missed and nothing repeated, whatever the page size and the server gives', async () => {
    const sizes = fc.record({
      total: fc.integer({ min: 0, max: 60 }),
      pageSize: fc.integer({ min: 1, max: 20 }),
      most: fc.integer({ min: 1, max: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ total, pageSize, most }) => {
        const { client } = harness(({ url }) => {
          const offset = Number(url.searchParams.get('offset'));
          const count = Math.min(Number(url.searchParams.get('fetch')), most, total - offset);
          if (count <= 0) return empty(204);
          const rows = Array.from({ length: count }, (_, index) => [
            String(offset + index + 1),
            { id: offset + index + 1 },
          ]);
          return Response.json(Object.fromEntries(rows), {
            status: 206,
            headers: { 'Content-Range': `items=${offset + 1}-${offset + count}/${total}` },
          });
        });
        const found: number[] = [];
        for await (const { id } of client.assets.list({}, { pageSize })) found.push(id);
        expect(found).toEqual(Array.from({ length: total }, (_, index) => index + 1));
      }),
      { numRuns: 100 },
    );
  });

  test('end with an error when pages do not advance', async () => {
    const { client } = harness(() =>
      Response.json({ 1: { id: 1 } }, { status: 206, headers: { 'Content-Range': 'items=0-0/9' } }),
    );
    const walk = async (): Promise<void> => {
      for await (const _ of client.assets.list());
    };
    expect((await failure(walk())).code).toBe('hubex/unexpected-reply');
  });

  test('of events are accepted as a map and as an array', async () => {
    const rows = [
      { id: 40, name: 'Создание объекта' },
      { id: 41, name: 'Изменение объекта' },
    ];
    for (const body of [rows, Object.fromEntries(rows.map((row) => [row.id, row]))]) {
      const { client } = harness(() => Response.json(body));
      expect(await client.events.list()).toEqual(rows);
    }
  });

  test('are counted by HEAD, with an equals sign or a space in Content-Range', async () => {
    for (const range of ['items=0-0/42', 'items 0-0/42']) {
      const { client, sent } = harness(() => new Response(null, { headers: { 'Content-Range': range } }));
      expect(await client.assets.count({ isPublished: true })).toBe(42);
      expect(sent[0]?.method).toBe('HEAD');
    }
  });

  test('refuse a filter HubEx would silently ignore, before anything is sent', async () => {
    const { client, sent } = harness(() => empty(204));
    // @ts-expect-error the types refuse it too
    const error = await failure(client.assets.list({ compnyID: 1 })[Symbol.asyncIterator]().next());
    expect([error.code, error.field]).toEqual(['hubex/bad-option', 'compnyID']);
    expect(error.message).toContain('companyID');
    expect(sent).toEqual([]);
  });
});

describe('creating an asset', () => {
  const stamp = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

  test('tells its id', async () => {
    const { client, sent } = harness(() => Response.json({ id: 5, name: 'Лифт' }, { status: 201 }));
    expect(await client.assets.create({ name: 'Лифт' })).toEqual({ id: 5, name: 'Лифт', created: true });
    expect(sent[0]?.headers.has('X-Concurrency-Stamp')).toBe(false);
  });

  test('leads a repeated stamp to the asset created before', async () => {
    const { client, sent } = harness(() =>
      Response.json({ id: 5, name: 'Лифт', concurrencyStamp: stamp }, { status: 409 }),
    );
    expect(await client.assets.create({ name: 'Лифт' }, { concurrencyStamp: stamp })).toEqual({
      id: 5,
      name: 'Лифт',
      created: false,
    });
    expect(sent[0]?.headers.get('X-Concurrency-Stamp')).toBe(stamp);
  });

  test('still fails for a rule', async () => {
    const { client } = harness(() => Response.json([{ code: 'CompanyNotFound', message: 'нет' }], { status: 409 }));
    const error = await failure(client.assets.create({ name: 'Лифт' }, { concurrencyStamp: stamp }));
    expect(error).toMatchObject({ code: 'hubex/refused', status: 409, errors: [{ code: 'CompanyNotFound' }] });
    expect(error.message).toContain('CompanyNotFound: нет');
  });
});

describe('errors', () => {
  test.each<[string, () => Response, object]>([
    [
      'one model instead of an array',
      () => Response.json({ code: 'InvalidData' }, { status: 400 }),
      { code: 'hubex/refused', errors: [{ code: 'InvalidData' }] },
    ],
    [
      'a code in the header alone',
      () => new Response(null, { status: 409, headers: { 'X-Application-Errors': 'AlreadyDone' } }),
      { code: 'hubex/refused', errors: [{ code: 'AlreadyDone' }] },
    ],
    [
      'a missing asset as 409',
      () => Response.json([{ code: 'AssetNotFound' }], { status: 409 }),
      { code: 'hubex/not-found' },
    ],
    ['a 404', () => empty(404), { code: 'hubex/not-found' }],
    [
      'a 429 with Retry-After',
      () => new Response(null, { status: 429, headers: { 'Retry-After': '20' } }),
      { code: 'hubex/rate-limited', retryAfter: 20 },
    ],
    ['a 500 with a page of HTML', () => new Response('<html>', { status: 500 }), { code: 'hubex/server', errors: [] }],
    ['a 200 that is not JSON', () => new Response('<html>'), { code: 'hubex/unexpected-reply', status: 200 }],
  ])('read %s', async (_, answer, expected) => {
    const { client } = harness(answer);
    expect(await failure(client.assets.get(1))).toMatchObject({ ...expected, operationId: 'getAsset' });
  });

  test('tell a network that is down, with the cause', async () => {
    const cause = new TypeError('fetch failed');
    const client = createHubexClient({
      ...{ accessToken: 'abc', baseUrl: base, retry: { attempts: 0 } },
      fetch: () => Promise.reject(cause),
    });
    expect(await failure(client.assets.get(1))).toMatchObject({ code: 'hubex/network', cause });
  });

  test('tell a server that is too slow from a caller who gave up', async () => {
    const hang: typeof fetch = (_, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
    vi.useFakeTimers();
    try {
      const client = createHubexClient({
        ...{ accessToken: 'abc', baseUrl: base, fetch: hang, timeoutMs: 100, retry: { attempts: 0 } },
      });
      const slow = failure(client.assets.get(1));
      await vi.advanceTimersByTimeAsync(100);
      expect((await slow).code).toBe('hubex/timeout');
      const controller = new AbortController();
      const stopped = failure(client.assets.get(1, { signal: controller.signal }));
      controller.abort();
      expect((await stopped).code).toBe('hubex/aborted');
      expect((await failure(client.assets.get(1, { signal: controller.signal }))).code).toBe('hubex/aborted');
    } finally {
      vi.useRealTimers();
    }
  });

  test('are known by their code, also those of another copy of the package', () => {
    const foreign = Object.assign(new Error('x'), { code: 'hubex/timeout' });
    expect([
      isHubexError(foreign),
      isHubexError(foreign, 'hubex/timeout'),
      isHubexError(foreign, 'hubex/server'),
    ]).toEqual([true, true, false]);
    expect(isHubexError(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBe(false);
  });
});

test.each<[object, string]>([
  [{}, 'serviceToken'],
  [{ serviceToken: 'a', accessToken: 'b' }, 'serviceToken'],
  [{ serviceToken: 'with space' }, 'serviceToken'],
  [{ accessToken: 'a', baseUrl: 'hubex.ru' }, 'baseUrl'],
  [{ accessToken: 'a', baseUrl: 'https://me:geheim@hubex.test' }, 'baseUrl'],
  [{ accessToken: 'a', applicationId: 7 }, 'applicationId'],
  [{ accessToken: 'a', timeoutMs: 0 }, 'timeoutMs'],
  [{ accessToken: 'a', basUrl: base }, 'basUrl'],
  [{ accessToken: 'a\nb' }, 'accessToken'],
  [{ accessToken: 'a', retry: { attempts: -1 } }, 'attempts'],
  [{ accessToken: 'a', retry: { atempts: 1 } }, 'atempts'],
  [{ accessToken: 'a', rateLimit: { perMinute: 60, brust: 1 } }, 'brust'],
  [{ accessToken: 'a', hooks: { onRespons: () => undefined } }, 'onRespons'],
  [{ accessToken: 'a', deadlineMs: 1.5 }, 'deadlineMs'],
  [{ accessToken: 'a', rateLimit: { perMinute: 0 } }, 'perMinute'],
])('refuses the options %j', (options, field) => {
  expect(() => createHubexClient(options as never)).toThrow(
    expect.objectContaining({ code: 'hubex/bad-option', field }),
  ); // wrong on purpose
});

test('the raw call takes and gives what the spec says', async () => {
  const { client, sent } = harness(() =>
    Response.json({ 101: { id: 101 } }, { headers: { 'Content-Range': 'items=1-1/1' } }),
  );
  const { status, headers, data } = await client.call('listAssets', {
    query: { parentID: 5 },
    headers: { Range: 'items=1-1' },
  });
  expectTypeOf(data?.['101']?.parentID).toEqualTypeOf<number | null | undefined>();
  expect([status, headers.get('Content-Range'), data]).toEqual([200, 'items=1-1/1', { 101: { id: 101 } }]);
  expect(`${sent[0]?.url.pathname}${sent[0]?.url.search}`).toBe('/fsm/ES/Assets?parentID=5');
  // @ts-expect-error the id of the asset is missing
  expect((await failure(client.call('getAsset', {}))).field).toBe('assetID');
  // @ts-expect-error there is no such operation
  const error = await failure(client.call('getAset', {}));
  expect([error.field, error.message]).toEqual(['operationId', expect.stringContaining('getAsset?')]);
});

describe('withResponse', () => {
  test('tells status and headers beside the data, with one call for both', async () => {
    const { client, sent } = harness(() => Response.json({ id: 9 }, { headers: { 'X-Trace': 'abc' } }));
    const asset = client.assets.get(9);
    const { data, status, headers } = await asset.withResponse();
    expectTypeOf(data?.id).toEqualTypeOf<number | undefined>();
    expect([data, status, headers.get('X-Trace')]).toEqual([{ id: 9 }, 200, 'abc']);
    expect([await asset, sent.length]).toEqual([{ id: 9 }, 1]);
  });

  test('tells of changes that bring nothing, and of counts', async () => {
    const { client } = harness(({ method }) =>
      method === 'HEAD' ? new Response(null, { headers: { 'Content-Range': 'items=0-0/42' } }) : empty(202),
    );
    expect(await client.assets.publish(7).withResponse()).toMatchObject({ data: undefined, status: 202 });
    expect(await client.assets.count().withResponse()).toMatchObject({ data: 42, status: 200 });
  });

  test('fails once, where it is waited for', async () => {
    const { client } = harness(() => empty(404));
    expect((await failure(client.webhooks.get(1).withResponse())).code).toBe('hubex/not-found');
    expect((await failure(client.webhooks.get(1))).code).toBe('hubex/not-found');
  });
});

describe('with mocks installed after the client was made', () => {
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());

  test('uses the global fetch of the moment', async () => {
    const client = createHubexClient({ accessToken: 'abc', baseUrl: base });
    server.use(
      http.get(`${base}/ES/Assets/9`, ({ request }) =>
        HttpResponse.json({ id: 9, name: request.headers.get('X-Application-ID') }),
      ),
    );
    expect(await client.assets.get(9)).toEqual({ id: 9, name: '5' });
  });
});

describe('workbooks', () => {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const bytes = new Uint8Array([80, 75, 3, 4]);

  test('are sent as a form with a file, and come as bytes', async () => {
    const forms: unknown[] = [];
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      if (request.method === 'GET') return new Response(bytes, { headers: { 'content-type': type } });
      forms.push(...(await request.formData()).getAll('File'));
      return empty(202);
    };
    const client = createHubexClient({ accessToken: 'abc', fetch });
    await client.assets.import(bytes);
    await client.assets.import(new File([bytes], 'лифты.xlsx'));
    expect(forms.map((file) => (file instanceof File ? [file.name, file.size] : file))).toEqual([
      ['assets.xlsx', 4],
      ['лифты.xlsx', 4],
    ]);
    expect(await client.assets.export({ noData: true })).toEqual(bytes);
  });

  test('that were refused come back with notes', async () => {
    const headers = { 'content-type': type, 'X-Application-Errors': 'InvalidData' };
    const { client } = harness(() => new Response(bytes, { status: 409, headers }));
    const error = await failure(client.assets.export());
    expect([error.code, error.status, faultyWorkbook(error)]).toEqual(['hubex/refused', 409, bytes]);
    expect(error.message).toBe('exportAssets: HubEx answered 409 (InvalidData).');
    expect(faultyWorkbook(new Error('another'))).toBeUndefined();
  });

  test('are refused before the call when they are no bytes: a path would be imported as its own text', async () => {
    const { client, sent } = harness(() => empty(202));
    // @ts-expect-error a path is no file
    const error = await failure(client.assets.import('assets.xlsx'));
    expect([error.code, error.field]).toEqual(['hubex/bad-option', 'file']);
    expect(error.message).toBe('file must be a Blob or a Uint8Array with the workbook; it was string.');
    expect(sent).toEqual([]);
  });

  test('are refused when they are none', async () => {
    const { client } = harness(() => Response.json({}));
    expect(await failure(client.assets.export())).toMatchObject({
      code: 'hubex/unexpected-reply',
      field: 'Content-Type',
    });
  });
});
