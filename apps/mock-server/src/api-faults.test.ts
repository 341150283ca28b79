import { connect } from 'node:net';
import { createManualClock, type ManualClock } from '@hubex-kit/simulator';
import { afterEach, expect, test } from 'vitest';
import { createMockServer, type MockServer } from './index.ts';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Session {
  readonly server: MockServer;
  readonly clock: ManualClock;
  /** One request on a socket of its own: every byte that comes back, but for the date, and how the connection ended. */
  talk(path: string, options?: { method?: string; body?: string; hangUpAfter?: number }): Promise<Heard>;
  /** Sends a request of which only the reply's body matters. */
  send(method: string, path: string, body?: unknown): Promise<string>;
}

interface Heard {
  readonly text: string;
  readonly ending: 'FIN' | 'RST' | 'hung up';
}

async function session(): Promise<Session> {
  const clock = createManualClock(Date.UTC(2026, 2, 2, 8, 15, 40));
  const server = await createMockServer({ port: 0, assets: 20, clock });
  closers.push(() => server.stop());
  let token = '';
  const talk: Session['talk'] = (path, { method = 'GET', body = '', hangUpAfter } = {}) =>
    new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let ending: Heard['ending'] = 'FIN';
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      socket
        .on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          if (hangUpAfter === undefined || Buffer.concat(chunks).byteLength < hangUpAfter) return;
          ending = 'hung up';
          socket.destroy();
        })
        .on('error', (error: NodeJS.ErrnoException) => {
          ending = error.code === 'ECONNRESET' ? 'RST' : expect.unreachable();
        })
        .on('close', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ text: text.replace(/^Date: .*\r\n/m, ''), ending });
        });
      const lines = [
        `${method} /fsm${path} HTTP/1.1`,
        'Host: hubex',
        'Connection: close',
        `Authorization: Bearer ${token}`,
        'X-Application-ID: 5',
        'Accept-Language: en',
        'Content-Type: application/json',
        `Content-Length: ${Buffer.byteLength(body)}`,
      ];
      socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
    });
  const send: Session['send'] = async (method, path, body) => {
    const { text } = await talk(path, { method, body: body === undefined ? '' : JSON.stringify(body) });
    return text.slice(text.indexOf('\r\n\r\n') + 4);
  };
  token = JSON.parse(await send('POST', '/AUTHZ/AccessTokens', { serviceToken: server.serviceToken })).access_token;
  expect(token).toMatch(/./);
  return { server, clock, talk, send };
}

type Fault = Parameters<MockServer['simulator']['control']['addFault']>[0]['fault'];

const open = 'access-control-allow-origin: *\r\n';
const json = 'content-type: application/json; charset=utf-8\r\n';
const close = 'Connection: close\r\n\r\n';
const length = (body: string): string => `content-length: ${Buffer.byteLength(body)}\r\n`;
const ok = (body: string, announced = body): string =>
  `HTTP/1.1 200 OK\r\n${open}${json}${length(announced)}${close}${body}`;
const bare = (line: string, more = ''): string => `HTTP/1.1 ${line}\r\n${open}${more}content-length: 0\r\n${close}`;
const error = (line: string, code: string, message: string): string => {
  const body = `[{"traceIdentifier":"TRACE","code":"${code}","message":"${message}"}]`;
  const real = body.replace('TRACE', 'x'.repeat(16));
  return `HTTP/1.1 ${line}\r\n${open}${json}x-application-errors: ${code}\r\n${length(real)}${close}${body}`;
};
const page = (status: number): string =>
  `<!DOCTYPE html>\n<html>\n<head><title>${status}</title></head>\n<body>\n<h1>${status}</h1>\n<p>The requested page is not available.</p>\n</body>\n</html>\n`;
const html = 'content-type: text/html; charset=utf-8\r\n';
const first = (text: string, bytes: number): string => Buffer.from(text).subarray(0, bytes).toString();
const half = (text: string): string => first(text, Math.floor(Buffer.byteLength(text) / 2));

test.each<[Fault, (healthy: string) => string, Heard['ending']]>([
  ['unauthorised', () => bare('401 Unauthorized'), 'FIN'],
  ['expired-token', () => bare('401 Unauthorized'), 'FIN'],
  ['forbidden', () => error('403 Forbidden', 'AccessDenied', 'The permission AssetGet is missing.'), 'FIN'],
  ['conflict', () => error('409 Conflict', 'InvalidOperation', 'Somebody else changed the record.'), 'FIN'],
  ['rate-limited', () => bare('429 Too Many Requests'), 'FIN'],
  [{ kind: 'rate-limited', retryAfterSeconds: 20 }, () => bare('429 Too Many Requests', 'retry-after: 20\r\n'), 'FIN'],
  [
    { kind: 'rate-limited', retryAfterSeconds: 20, form: 'date' },
    () => bare('429 Too Many Requests', 'retry-after: Mon, 02 Mar 2026 08:16:00 GMT\r\n'),
    'FIN',
  ],
  ['internal-error', () => error('500 Internal Server Error', 'InternalError', 'Internal error.'), 'FIN'],
  ['bad-gateway', () => bare('502 Bad Gateway'), 'FIN'],
  ['unavailable', () => bare('503 Service Unavailable'), 'FIN'],
  [
    { kind: 'unavailable', retryAfterSeconds: 120 },
    () => bare('503 Service Unavailable', 'retry-after: 120\r\n'),
    'FIN',
  ],
  ['gateway-timeout', () => bare('504 Gateway Timeout'), 'FIN'],
  ['proxy-page', () => `HTTP/1.1 502 Bad Gateway\r\n${html}${length(page(502))}${close}${page(502)}`, 'FIN'],
  [
    { kind: 'proxy-page', status: 200 },
    () => `HTTP/1.1 200 OK\r\n${html}${length(page(200))}${close}${page(200)}`,
    'FIN',
  ],
  ['empty-body', () => ok('').replace(length(''), 'content-length: 0\r\n'), 'FIN'],
  ['malformed-json', (body) => ok(body.slice(0, -1)), 'FIN'],
  ['byte-order-mark', (body) => ok(`\uFEFF${body}`), 'FIN'],
  ['wrong-content-type', (body) => ok(body).replace(json, html), 'FIN'],
  ['connection-reset', () => '', 'RST'],
  [{ kind: 'connection-reset', carriedOut: false }, () => '', 'RST'],
  [{ kind: 'connection-reset', afterBytes: 5 }, (body) => ok(first(body, 5), body), 'RST'],
  ['truncated-body', (body) => ok(half(body), body), 'FIN'],
  [{ kind: 'truncated-body', afterBytes: 5 }, (body) => ok(first(body, 5), body), 'FIN'],
  [{ kind: 'slow-body', bytesPerSecond: 100_000 }, (body) => ok(body), 'FIN'],
])('%j puts exactly these bytes on the wire, once', async (fault, expected, ending) => {
  const { server, talk, send } = await session();
  const healthy = await send('GET', '/ES/Assets/105');
  server.simulator.control.addFault({ on: 'api', where: { operationId: 'getAsset' }, fault, times: 1 });
  const heard = await talk('/ES/Assets/105');
  expect({ ...heard, text: heard.text.replace(/(?<="traceIdentifier":")\w{16}/, 'TRACE') }).toEqual({
    text: expected(healthy),
    ending,
  });
  const after = await talk('/ES/Assets/105');
  expect(after.text).toBe(fault === 'expired-token' ? bare('401 Unauthorized') : ok(healthy));
});

test('silence lasts until the caller hangs up', async () => {
  const { server, talk, send } = await session();
  const healthy = await send('GET', '/ES/Assets/105');
  const start = ok(first(healthy, 9), healthy);
  const dateLine = 'Date: Mon, 02 Mar 2026 08:15:40 GMT\r\n'.length;
  server.simulator.control.addFault({ on: 'api', fault: { kind: 'silence', afterBytes: 9 } });
  const hangUpAfter = Buffer.byteLength(start) + dateLine;
  expect(await talk('/ES/Assets/105', { hangUpAfter })).toEqual({ text: start, ending: 'hung up' });
});

test('latency waits by the clock of the tenant', async () => {
  const { server, clock, talk, send } = await session();
  const healthy = await send('GET', '/ES/Assets/105');
  server.simulator.control.addFault({ on: 'api', fault: { kind: 'latency', ms: 60_000 } });
  let isOver = false;
  const heard = talk('/ES/Assets/105').finally(() => (isOver = true));
  // Another connection, answered by another fault, shows that the server has long seen the first request.
  server.simulator.control.addFault({ on: 'api', where: { path: '/nowhere' }, fault: 'bad-gateway' });
  while (server.simulator.control.faults().items[0]?.hits === 0) await new Promise((resolve) => setImmediate(resolve));
  clock.advance(59_999);
  await new Promise((resolve) => setImmediate(resolve));
  expect(isOver).toBe(false);
  clock.advance(1);
  expect(await heard).toEqual({ text: ok(healthy), ending: 'FIN' });
});

test('a stale read shows the assets before the last changes, then catches up', async () => {
  const { server, send } = await session();
  const before = await send('GET', '/ES/Assets/105');
  const list = await send('GET', '/ES/Assets');
  const created = JSON.parse(
    await send('POST', '/ES/Assets', { name: 'Лифт', companyID: 1, assetTypeID: 3, assetClassID: 1, parentID: 101 }),
  ).id;
  expect(await send('DELETE', '/ES/Assets/105')).toBe('');
  const [now, listNow] = [await send('GET', '/ES/Assets/105'), await send('GET', '/ES/Assets')];
  expect([now === before, listNow.includes(`"${created}"`)]).toEqual([false, true]);
  const stale = (changes: number): unknown =>
    server.simulator.control.addFault({ on: 'api', fault: { kind: 'stale-read', changes }, times: 1 });
  stale(1);
  expect(await send('GET', '/ES/Assets/105')).toBe(before);
  stale(1);
  expect(await send('GET', `/ES/Assets/${created}`)).toContain('Лифт');
  stale(2);
  expect(await send('GET', `/ES/Assets/${created}`)).toBe('');
  stale(2);
  expect(await send('GET', '/ES/Assets')).toBe(list);
  expect(await send('GET', '/ES/Assets/105')).toBe(now);
  expect(await send('GET', '/ES/Assets')).toBe(listNow);
});

test('a silent cut leaves the first rows and says nothing', async () => {
  const { server, talk, send } = await session();
  const rows = Object.entries(JSON.parse(await send('GET', '/ES/Assets')));
  server.simulator.control.addFault({ on: 'api', fault: { kind: 'silent-cut', rows: 3 } });
  expect(await talk('/ES/Assets')).toEqual({
    text: ok(JSON.stringify(Object.fromEntries(rows.slice(0, 3)))),
    ending: 'FIN',
  });
});

test.each<[Fault, boolean]>([
  [{ kind: 'internal-error', carriedOut: true }, true],
  ['internal-error', false],
  ['gateway-timeout', true],
  [{ kind: 'gateway-timeout', carriedOut: false }, false],
  ['connection-reset', true],
  [{ kind: 'connection-reset', carriedOut: false }, false],
  ['malformed-json', true],
])('%j of a creation leaves an asset behind: %s', async (fault, isCreated) => {
  const { server, send } = await session();
  const count = async (): Promise<number> => Object.keys(JSON.parse(await send('GET', '/ES/Assets'))).length;
  const before = await count();
  server.simulator.control.addFault({ on: 'api', fault, times: 1 });
  await send('POST', '/ES/Assets', { name: 'Лифт', companyID: 1, assetTypeID: 3, assetClassID: 1, parentID: 101 });
  expect(await count()).toBe(before + Number(isCreated));
});

test('faults of tokens and of addresses that are no operation hit too', async () => {
  const { server, talk } = await session();
  const { addFault } = server.simulator.control;
  addFault({ on: 'api', where: { operationId: 'issueAccessToken' }, fault: 'bad-gateway', times: 1 });
  addFault({ on: 'api', where: { path: '/nowhere/*' }, fault: 'unavailable', times: 1 });
  const body = JSON.stringify({ serviceToken: server.serviceToken });
  expect((await talk('/AUTHZ/AccessTokens', { method: 'POST', body })).text).toBe(bare('502 Bad Gateway'));
  expect((await talk('/AUTHZ/AccessTokens', { method: 'POST', body })).text).toMatch(/^HTTP\/1.1 200/);
  expect((await talk('/nowhere/at-all')).text).toBe(bare('503 Service Unavailable'));
  expect((await talk('/nowhere/at-all')).text).toMatch(/^HTTP\/1.1 404/);
});

test('rules come and go over HTTP, with curl alone', async () => {
  const { server } = await session();
  const faults = async (method: string, path = '', body?: string): Promise<{ status: number; body: unknown }> => {
    // As curl -d announces it.
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await fetch(`${server.controlUrl}/faults${path}`, { method, headers, body: body ?? null });
    return { status: response.status, body: await response.json() };
  };
  const rule = '{"on":"api","where":{"operationId":"getAsset"},"fault":"internal-error","times":3,"for":"1m"}';
  expect(await faults('POST', '', rule)).toMatchObject({
    status: 200,
    body: { id: 1, fault: { kind: 'internal-error', carriedOut: false }, until: '2026-03-02T08:16:40.000Z' },
  });
  expect(await faults('POST', '', '{"on":"api","fault":"internal-eror"}')).toEqual({
    status: 400,
    body: { error: expect.objectContaining({ field: 'fault.kind', message: expect.stringMatching(/internal-error/) }) },
  });
  expect(await faults('POST', '', 'on=delivery&fault=drop&where={"eventId":41}&probability=0.5')).toMatchObject({
    body: { id: 2, where: { eventId: 41 }, probability: 0.5 },
  });
  expect(await faults('GET')).toMatchObject({ body: { total: 2, items: [{ id: 1, hits: 0, state: 'active' }, {}] } });
  expect(await faults('DELETE', '?id=1')).toEqual({ status: 200, body: { removed: 1 } });
  expect(await faults('DELETE', '?id=1')).toMatchObject({ status: 400, body: { error: { field: 'id' } } });
  expect(await faults('POST', '/clear')).toEqual({ status: 200, body: { removed: 1 } });
  expect(await faults('GET', '/kinds')).toMatchObject({ body: { api: { latency: { part: 'time' } } } });
});
