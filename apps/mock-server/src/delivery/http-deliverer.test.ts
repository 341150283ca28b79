import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Deliverer, OutgoingCall } from '@hubex-kit/simulator';
import { afterEach, expect, test } from 'vitest';
import { createHttpDeliverer, type DeliveryReport } from './http-deliverer.ts';

const closers: (() => Promise<unknown> | undefined)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

function deliverer(onDelivery?: (report: DeliveryReport) => void): Deliverer {
  const deliver = createHttpDeliverer({ allowPublic: false, onDelivery });
  closers.push(() => deliver.cancel?.());
  return deliver;
}

/** A receiver on a real socket; returns its origin. */
async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
}

function call(url: string, change: Partial<OutgoingCall> = {}): OutgoingCall {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return {
    tenantId: 105,
    deliveryId: 1,
    webhookId: 1,
    attempt: 1,
    method: 'POST',
    url,
    headers,
    body: '{}',
    timeoutMs: 5_000,
    ...change,
  };
}

async function read(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

test('sends the body byte for byte, with the given headers and path', async () => {
  const body = '{"EventID":41, "Имя":"Котёл \\u2116 5\\n"}\r\n ';
  let got: { bytes: Buffer; request: IncomingMessage } | undefined;
  const origin = await listen(async (request, response) => {
    got = { bytes: await read(request), request };
    response.writeHead(204).end();
  });
  const url = `${origin}/hook/a%20b?key=%D0%B0&x=$%7Bno%7D`;
  expect(await deliverer()(call(url, { body }))).toEqual({ kind: 'answered', status: 204 });
  expect(got?.bytes.equals(Buffer.from(body))).toBe(true);
  expect([got?.request.method, got?.request.url]).toEqual(['POST', '/hook/a%20b?key=%D0%B0&x=$%7Bno%7D']);
  expect(got?.request.headers).toEqual({
    host: new URL(origin).host,
    connection: 'keep-alive',
    'content-type': 'application/json; charset=utf-8',
    'x-hubex-mock-depth': '1',
    'content-length': String(Buffer.byteLength(body)),
  });
});

test.each([200, 204, 301, 302, 307, 404, 500])('hands on %i as it is and follows nothing', async (status) => {
  const paths: (string | undefined)[] = [];
  const origin = await listen((request, response) => {
    paths.push(request.url);
    response.writeHead(status, status < 400 && status >= 300 ? { location: '/elsewhere' } : {}).end();
  });
  expect(await deliverer()(call(`${origin}/hook`))).toEqual({ kind: 'answered', status });
  expect(paths).toEqual(['/hook']);
});

test('keeps connections for the next call, also after an answer with a body', async () => {
  const sockets = new Set<unknown>();
  const origin = await listen((request, response) => {
    sockets.add(request.socket);
    response.end('x'.repeat(10_000));
  });
  const deliver = deliverer();
  for (let count = 0; count < 5; count++) expect(await deliver(call(origin))).toMatchObject({ status: 200 });
  // The next call may start while the rest of an answer is still read away.
  expect(sockets.size).toBeLessThanOrEqual(2);
});

test.each<[string, (response: Parameters<RequestListener>[1]) => void]>([
  ['is larger than anybody reads', (response) => response.write('x'.repeat(200_000))],
  ['never ends', (response) => response.write('x')],
])('takes the status of an answer that %s and ends the connection', async (_, answer) => {
  let gone = (): void => undefined;
  const closed = new Promise<void>((resolve) => {
    gone = resolve;
  });
  const origin = await listen((request, response) => {
    request.socket.once('close', gone);
    response.writeHead(200);
    answer(response);
  });
  expect(await deliverer()(call(origin, { timeoutMs: 50 }))).toEqual({ kind: 'answered', status: 200 });
  await closed;
});

test.each<[string, RegExp]>([
  ['no url', /not a URL/],
  ['ftp://127.0.0.1/', /starts with ftp:/],
  ['file:///etc/hostname', /starts with file:/],
  ['http://127.0.0.1:1/', /ECONNREFUSED/],
  ['http://169.254.169.254/latest', /never go there/],
  ['http://2852039166/latest', /never go there/],
  ['http://[::ffff:169.254.169.254]/', /never go there/],
  ['http://192.0.2.1/', /neither loopback nor private/],
  ['http://[2001:db8::1]/', /neither loopback nor private/],
])('fails with a reason for %s', async (url, reason) => {
  const result = await deliverer()(call(url));
  expect(result).toEqual({ kind: 'failed', reason: expect.stringMatching(reason) });
});

test('fails with a reason for TLS to a plain port, and for an answer that breaks off or is no HTTP', async () => {
  const deliver = deliverer();
  const plain = await listen((request) => request.socket.destroy());
  expect(await deliver(call(plain.replace('http:', 'https:')))).toEqual({
    kind: 'failed',
    reason: 'TLS failed: ERR_SSL_WRONG_VERSION_NUMBER',
  });
  expect(await deliver(call(plain))).toEqual({ kind: 'failed', reason: 'other side closed' });
  const odd = await listen((request) => request.socket.end('hello\r\n\r\n'));
  expect(await deliver(call(odd))).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/HTTP/) });
});

test('gives up on its own when nobody answers', async () => {
  const origin = await listen(() => undefined);
  expect(await deliverer()(call(origin, { timeoutMs: 50 }))).toEqual({
    kind: 'failed',
    reason: 'no answer within 50 ms',
  });
});

test('a webhook whose origin is full of calls that hang does not wait for them', async () => {
  const origin = await listen((request, response) => {
    if (request.url === '/healthy') response.writeHead(204).end();
  });
  const deliver = deliverer();
  const hanging = Array.from({ length: 200 }, (_, index) =>
    deliver(call(`${origin}/hangs`, { webhookId: index % 4, timeoutMs: 60_000 })),
  );
  for (let count = 0; count < 50; count++) {
    expect(await deliver(call(`${origin}/healthy`, { webhookId: 9, timeoutMs: 60_000 }))).toMatchObject({
      status: 204,
    });
  }
  await deliver.cancel?.();
  for (const result of await Promise.all(hanging)) expect(result.kind).toBe('failed');
});

test('a call given up while it waits for a connection never goes out', async () => {
  const paths: (string | undefined)[] = [];
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const origin = await listen(async (request, response) => {
    paths.push(request.url);
    if (request.url === '/holds') await held;
    response.writeHead(204).end();
  });
  const deliver = deliverer();
  // Both pools that one webhook can have are full.
  const holding = Array.from({ length: 64 }, () => deliver(call(`${origin}/holds`)));
  const late = call(`${origin}/late`);
  const given = deliver(late);
  const after = deliver(call(`${origin}/after`));
  deliver.giveUp?.(late);
  expect(await given).toEqual({ kind: 'failed', reason: 'no answer within 5000 ms' });
  release();
  for (const result of await Promise.all([...holding, after])) expect(result).toMatchObject({ status: 204 });
  expect(paths).toHaveLength(65);
  expect(paths).not.toContain('/late');
});

test('a call given up under way is ended', async () => {
  let gone = (): void => undefined;
  const closed = new Promise<void>((resolve) => {
    gone = resolve;
  });
  const deliver = deliverer();
  const origin = await listen((request) => {
    request.socket.once('close', gone);
    deliver.giveUp?.(hanging);
  });
  const hanging = call(origin);
  expect(await deliver(hanging)).toMatchObject({ kind: 'failed' });
  await closed;
});

test('cancel of one tenant leaves the calls of others alone', async () => {
  const waiting: (() => unknown)[] = [];
  const answerAll = (): void => {
    for (const answer of waiting) answer();
  };
  const origin = await listen((_request, response) => {
    waiting.push(() => response.writeHead(204).end());
    if (waiting.length === 2) void deliver.cancel?.(1).then(answerAll);
  });
  const deliver = deliverer();
  const calls = [1, 2].map((tenantId) => deliver(call(origin, { tenantId })));
  expect(await Promise.all(calls)).toEqual([
    { kind: 'failed', reason: 'broken off' },
    { kind: 'answered', status: 204 },
  ]);
});

test('cancel ends calls to every receiver, those of pools given up meanwhile too', async () => {
  const origins = await Promise.all(Array.from({ length: 70 }, () => listen(() => undefined)));
  const deliver = deliverer();
  const calls = origins.map((origin) => deliver(call(origin, { timeoutMs: 60_000 })));
  await deliver.cancel?.();
  for (const result of await Promise.all(calls)) expect(result.kind).toBe('failed');
});

test('a call broken off while its client is still loading never goes out', async () => {
  let calls = 0;
  const origin = await listen((_request, response) => {
    calls++;
    response.end();
  });
  const deliver = deliverer();
  const early = deliver(call(origin));
  await deliver.cancel?.();
  expect(await early).toEqual({ kind: 'failed', reason: 'broken off' });
  expect(await deliver(call(origin))).toMatchObject({ status: 200 });
  expect(calls).toBe(1);
});

test('cancel of one tenant ends its calls and no others', async () => {
  const origin = await listen(() => undefined);
  const deliver = deliverer();
  const [ours, theirs] = [105, 106].map((tenantId) => deliver(call(origin, { tenantId, timeoutMs: 60_000 })));
  await deliver.cancel?.(105);
  expect(await ours).toEqual({ kind: 'failed', reason: 'broken off' });
  const pending = Symbol('pending');
  expect(await Promise.race([theirs, new Promise((resolve) => setImmediate(() => resolve(pending)))])).toBe(pending);
  await deliver.cancel?.();
  expect((await theirs)?.kind).toBe('failed');
});

test('reports each call without its address and body', async () => {
  const reports: DeliveryReport[] = [];
  const origin = await listen((_request, response) => response.writeHead(500).end());
  const deliver = deliverer((report) => reports.push(report));
  await deliver(call(`${origin}/?key=secret-key`, { deliveryId: 7, webhookId: 3, attempt: 2 }));
  expect(reports).toEqual([
    {
      tenantId: 105,
      deliveryId: 7,
      webhookId: 3,
      attempt: 2,
      result: { kind: 'answered', status: 500 },
      ms: expect.any(Number),
    },
  ]);
});
