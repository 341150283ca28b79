import { createServer, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createMockServer, ListenError, type MockServer } from './index.ts';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function start(options: Parameters<typeof createMockServer>[0] = {}): Promise<MockServer> {
  const server = await createMockServer({ port: 0, assets: 20, ...options });
  closers.push(() => server.stop());
  return server;
}

/** A receiver on a real socket that answers as told; returns its address. */
async function receiver(answer: (body: string, url: string) => number | undefined): Promise<string> {
  const server: Server = createServer((incoming, outgoing) => {
    let body = '';
    incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
    incoming.on('end', () => {
      const status = answer(body, incoming.url ?? '');
      if (status !== undefined) outgoing.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.unshift(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`; // it listens on a port
}

async function json(url: string, init?: RequestInit): Promise<{ status: number; body: ReturnType<typeof JSON.parse> }> {
  const response = await fetch(url, init);
  return { status: response.status, body: await response.json() };
}

async function register(server: MockServer, uri: string): Promise<void> {
  const headers = { 'content-type': 'application/json', 'x-application-id': '5' };
  const token = await json(`${server.apiUrl}/AUTHZ/AccessTokens`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ serviceToken: server.serviceToken }),
  });
  expect(token.status).toBe(200);
  const body = JSON.stringify([{ name: 'test', uri, isActive: true, events: [40, 41, 42, 43, 44] }]);
  const merged = await json(`${server.apiUrl}/MSG/Webhooks`, {
    method: 'POST',
    headers: { ...headers, authorization: `Bearer ${token.body.access_token}` },
    body,
  });
  expect(merged.status).toBe(201);
}

/** Sends bytes on a bare socket; resolves with all that comes back. */
function talk(server: MockServer, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let reply = '';
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.write(bytes));
    socket
      .on('data', (chunk: Buffer) => (reply += chunk.toString()))
      .on('close', () => resolve(reply))
      .on('error', () => undefined);
  });
}

describe('the control plane', () => {
  test('emits, waits, settles, lists and resets over HTTP', async () => {
    const server = await start();
    const bodies: string[] = [];
    await register(server, await receiver((body) => (bodies.push(body) > 0 ? 204 : 500)));
    const emitted = await json(`${server.controlUrl}/emit`, { method: 'POST', body: '{"eventId":43,"assetId":105}' });
    expect(emitted).toEqual({ status: 200, body: { deliveries: [1] } });
    expect((await json(`${server.controlUrl}/wait?eventId=43&assetId=105`)).body).toMatchObject({
      ok: true,
      missing: 0,
    });
    expect((await json(`${server.controlUrl}/emit`, { method: 'POST', body: '{"raw":"anything"}' })).status).toBe(200);
    expect((await json(`${server.controlUrl}/settled`)).body).toEqual({ settled: true, pending: 0 });
    expect(bodies).toEqual([expect.stringContaining('"EventID":43'), 'anything']);
    expect((await json(`${server.controlUrl}/deliveries?eventId=43`)).body).toMatchObject({
      total: 1,
      items: [{ assetId: 105, state: 'delivered' }],
    });
    expect((await json(`${server.controlUrl}/reset`, { method: 'POST' })).body).toEqual({ reset: true });
    expect((await json(`${server.controlUrl}/deliveries`)).body.total).toBe(0);
  });

  test.each([
    ['GET', '/wait?evntId=40', undefined, 400, 'evntId'],
    ['GET', '/wait?count=many', undefined, 400, 'count'],
    ['GET', '/settled?within=999999999', undefined, 400, 'within'],
    ['GET', '/deliveries?state=lost', undefined, 400, 'state'],
    ['POST', '/emit', '{', 400, 'body'],
    ['POST', '/emit', '[]', 400, 'body'],
    ['POST', '/emit', '{"eventId":40}', 400, 'assetId'],
    ['POST', '/emit', '{"eventId":40,"assetId":1}', 400, 'assetId'],
    ['POST', '/emit', '{"eventId":"40","assetId":101}', 400, 'eventId'],
    ['POST', '/emit', '{"raw":"x","eventId":40}', 400, 'eventId'],
    ['POST', '/emit', '{"raw":5}', 400, 'raw'],
    ['GET', '/wait?eventId=', undefined, 400, 'eventId'],
    ['GET', '/wait?eventId=40&eventId=41', undefined, 400, 'eventId'],
    ['GET', '/wait?count=0', undefined, 400, 'count'],
    ['GET', '/ready?verbose=1', undefined, 400, 'verbose'],
    ['POST', '/reset?seed=2', undefined, 400, 'seed'],
    ['POST', '/emit', '{"raw":"x","webhookId":9}', 400, 'webhookId'],
    ['POST', '/emit', '', 400, 'eventId'],
    ['POST', '/switches', '{}', 400, 'profile'],
    ['POST', '/switches', '{"restoreEvnt":"40"}', 400, 'restoreEvnt'],
    ['POST', '/switches', '{"restoreEvent":"42"}', 400, 'restoreEvent'],
    ['GET', '/deliveries?tenant=999', undefined, 400, 'tenant'],
    ['DELETE', '/tenants', undefined, 400, 'id'],
    ['DELETE', '/tenants?id=105', undefined, 400, 'tenant'],
    ['POST', '/emit', 'x'.repeat(2_000_000), 413, undefined],
    ['GET', '/reset', undefined, 405, undefined],
    ['DELETE', '/deliveries', undefined, 405, undefined],
    ['GET', '/nothing', undefined, 404, undefined],
  ])('answers %s %s %.40s with %i and names %s', async (method, path, body, status, field) => {
    const server = await start();
    const reply = await json(`${server.controlUrl}${path}`, { method, body: body ?? null });
    expect(reply.status).toBe(status);
    expect(reply.body.error).toMatchObject({
      code: expect.stringMatching(/^mock\//),
      message: expect.any(String),
      ...(field && { field }),
    });
  });

  test('lists what there is for an unknown path, and names the method for a wrong one', async () => {
    const server = await start();
    const { message } = (await json(`${server.controlUrl}/delivery`)).body.error;
    expect(message).toMatch(/GET \/__mock\/deliveries.*POST \/__mock\/emit.*GET \/__mock\/ready.*POST \/__mock\/reset/);
    const wrong = await fetch(`${server.controlUrl}/ready`, { method: 'POST' });
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  test('answers HEAD like GET, without the body', async () => {
    const server = await start();
    const response = await fetch(`${server.controlUrl}/ready`, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect((await fetch(`${server.controlUrl}/reset`, { method: 'HEAD' })).status).toBe(405);
  });

  test.each([
    [{ host: 'evil.example' }, 403],
    [{ host: 'evil.example:4010' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://203.0.113.7' }, 403],
    [{ origin: 'http://localhost.evil.example' }, 403],
    [{ host: '127.0.0.1.evil.example' }, 403],
    [{ host: '[::1]:1' }, 200],
    [{ host: 'localhost:1' }, 200],
    [{ origin: 'http://127.0.0.1:3000' }, 200],
  ])('answers a request with %j by %i', async (headers, status) => {
    const server = await start();
    const { port } = new URL(server.url);
    const answered = await new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path: '/__mock/ready', headers }, (response) =>
        resolve(response.resume().statusCode),
      )
        .on('error', reject)
        .end();
    });
    expect(answered).toBe(status);
  });
});

describe('the API', () => {
  test('lets browsers of any origin ask first, with whatever headers', async () => {
    const server = await start();
    const asked = { origin: 'https://shop.example', 'access-control-request-headers': 'authorization,x-own' };
    const { status, headers } = await fetch(`${server.apiUrl}/ES/Assets`, { method: 'OPTIONS', headers: asked });
    expect([status, headers.get('access-control-allow-origin'), headers.get('access-control-allow-headers')]).toEqual([
      204,
      '*',
      'authorization,x-own',
    ]);
    const foreign = await fetch(`${server.apiUrl}/COMMON/Events`, { headers: { origin: 'https://shop.example' } });
    expect([foreign.status, foreign.headers.get('access-control-allow-origin')]).toEqual([401, '*']);
  });

  test('shows neither Express nor an etag, and no body for HEAD', async () => {
    const server = await start();
    const response = await fetch(`${server.apiUrl}/ES/Assets`, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([401, '']);
    for (const name of ['etag', 'x-powered-by']) expect(response.headers.get(name)).toBeNull();
  });

  test.each([2_000_000, 20_000_000])('answers 413 to a body of %i bytes while it is still sent', async (size) => {
    const server = await start();
    const chunks = new Blob(['x'.repeat(size)]).stream();
    const streamed = { method: 'POST', body: chunks, duplex: 'half' } as RequestInit; // duplex is not in the types
    for (const init of [streamed, { method: 'POST', body: 'x'.repeat(size) }]) {
      const response = await fetch(`${server.apiUrl}/ES/Assets`, init);
      expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([413, '*']);
    }
    expect((await json(`${server.controlUrl}/ready`)).status).toBe(200);
  });

  test('answers 413 to an announced size and 408 to a body that does not end, and closes', async () => {
    const server = await start({ bodyTimeoutMs: 50 });
    const head = 'POST /fsm/ES/Assets HTTP/1.1\r\nHost: 127.0.0.1\r\n';
    const huge = await talk(server, `${head}Content-Length: 99999999999\r\n\r\n{"na`);
    expect(huge).toMatch(/^HTTP\/1\.1 413 [\s\S]*connection: close/);
    expect(await talk(server, `${head}Content-Length: 100\r\n\r\n{"na`)).toMatch(/^HTTP\/1\.1 408 /);
    const control = 'POST /__mock/emit HTTP/1.1\r\nHost: 127.0.0.1\r\n';
    expect(await talk(server, `${control}Content-Length: 100\r\n\r\n{"ev`)).toMatch(
      /^HTTP\/1\.1 408 .*mock\/too-slow/s,
    );
  });

  test.each<[string, RegExp]>([
    ['nonsense\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['GET /fsm/%00%ff%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 404 /],
    ['POST /fsm/ES/Assets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n', /^HTTP\/1\.1 400 /],
    [`GET /fsm/ HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
    ['GET http://proxy/fsm/COMMON/Events HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 401 /],
  ])('answers %.60j without a stack', async (bytes, answer) => {
    const reply = await talk(await start(), bytes);
    expect(reply).toMatch(answer);
    expect(reply).not.toMatch(/\bat \S+:\d+/);
  });

  test('outlives a caller that breaks off in the middle of a body', async () => {
    const server = await start();
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write('POST /fsm/ES/Assets HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"na', () => socket.destroy());
    await new Promise((resolve) => socket.once('close', resolve));
    expect((await json(`${server.controlUrl}/ready`)).body.ready).toBe(true);
  });

  test('answers a bug by 500 in JSON, and tells onError', async () => {
    const errors: unknown[] = [];
    const server = await start({ onError: (error) => errors.push(error) });
    const bug = new Error('a bug');
    Object.assign(server.simulator, { handle: () => Promise.reject(bug) });
    const { status, body } = await json(`${server.apiUrl}/COMMON/Events`);
    expect([status, body.error.code, errors]).toEqual([500, 'mock/bug', [bug]]);
    expect(JSON.stringify(body)).not.toMatch(/\bat \S+:\d+|a bug/);
  });

  test('tells where things are for any other path', async () => {
    const server = await start();
    expect((await json(server.url)).body.error.message).toMatch(/\/fsm.*\/__mock/);
  });
});

describe('delivery', () => {
  test('is not held up by a receiver that never answers', async () => {
    const server = await start();
    let quick = 0;
    await register(server, await receiver(() => undefined));
    await register(server, await receiver(() => (++quick > 0 ? 204 : 500)));
    for (let count = 0; count < 50; count++) {
      const { status } = await json(`${server.controlUrl}/emit`, {
        method: 'POST',
        body: '{"eventId":41,"assetId":105}',
      });
      expect(status).toBe(200);
    }
    expect((await json(`${server.controlUrl}/wait?webhookId=2&count=50`)).body.ok).toBe(true);
    expect(quick).toBe(50);
  });

  test('to one address is not held up by webhooks that hang at the same address', async () => {
    const server = await start();
    let quick = 0;
    const address = await receiver((_body, url) => (url === '/hook?hangs' ? undefined : ++quick > 0 ? 204 : 500));
    for (let count = 0; count < 6; count++) await register(server, `${address}?hangs`);
    await register(server, address);
    for (let count = 0; count < 20; count++) server.simulator.control.emit({ eventId: 41, assetId: 105 });
    expect((await json(`${server.controlUrl}/wait?webhookId=7&count=20`)).body).toMatchObject({ ok: true, missing: 0 });
    expect(quick).toBe(20);
  });

  test('of what was emitted just before a reset does not arrive', async () => {
    const server = await start();
    let calls = 0;
    await register(server, await receiver(() => (++calls > 0 ? 204 : 500)));
    const { control } = server.simulator;
    expect(control.emit({ eventId: 41, assetId: 105 }).deliveries).toHaveLength(1);
    await Promise.resolve();
    await control.reset();
    await register(server, await receiver(() => 204));
    control.emit({ eventId: 42, assetId: 105 });
    expect((await control.settled()).settled).toBe(true);
    expect(calls).toBe(0);
  });

  test('is reported without address and body', async () => {
    const reports: unknown[] = [];
    const server = await start({ onDelivery: (report) => reports.push(report) });
    await register(server, `${await receiver(() => 204)}?key=secret-key`);
    server.simulator.control.emit({ eventId: 41, assetId: 105 });
    expect((await server.simulator.control.settled()).settled).toBe(true);
    const result = { kind: 'answered', status: 204 };
    expect(reports).toEqual([
      { tenantId: 105, deliveryId: 1, webhookId: 1, attempt: 1, result, ms: expect.any(Number) },
    ]);
  });

  test.each([
    ['http://192.0.2.1/hook', /neither loopback nor private/],
    ['http://169.254.169.254/latest/meta-data', /never go there/],
    ['http://[2001:db8::1]/hook', /neither loopback nor private/],
    ['http://127.0.0.1:1/hook', /ECONNREFUSED/],
    ['http://${host}/hook', /URL|ENOTFOUND|EAI_AGAIN/],
  ])('to %s fails with a reason', async (uri, reason) => {
    const server = await start();
    await register(server, uri);
    expect(
      (await json(`${server.controlUrl}/emit`, { method: 'POST', body: '{"eventId":41,"assetId":105}' })).status,
    ).toBe(200);
    expect((await json(`${server.controlUrl}/settled`)).body.settled).toBe(true);
    const [record] = (await json(`${server.controlUrl}/deliveries`)).body.items;
    expect([record.state, record.reason]).toEqual(['failed', expect.stringMatching(reason)]);
  });

  test('gives up when its time is over, and a reset ends what hangs', async () => {
    const server = await start({ switches: { deliveryTimeoutMs: 50 } });
    await register(server, await receiver(() => undefined));
    expect(
      (await json(`${server.controlUrl}/emit`, { method: 'POST', body: '{"eventId":41,"assetId":105}' })).status,
    ).toBe(200);
    expect((await json(`${server.controlUrl}/settled`)).body.settled).toBe(true);
    const [record] = (await json(`${server.controlUrl}/deliveries`)).body.items;
    expect(record).toMatchObject({ state: 'failed', reason: 'no answer within 50 ms' });
  });
});

describe('stop', () => {
  test('ends open waits and hanging deliveries, and can be called again', async () => {
    const server = await createMockServer({ port: 0, assets: 20 });
    await register(server, await receiver(() => undefined));
    server.simulator.control.emit({ eventId: 41, assetId: 105 });
    const wait = fetch(`${server.controlUrl}/wait?eventId=41&within=300000`).then(
      () => 'answered',
      () => 'ended',
    );
    expect((await json(`${server.controlUrl}/ready`)).status).toBe(200);
    await server.stop();
    // Answered that it did not come, or cut off: at once in any case.
    expect(['answered', 'ended']).toContain(await wait);
    await server.stop();
    await expect(fetch(server.url)).rejects.toThrow();
  });
});

test.each<[object, string]>([
  [{ prot: 1 }, 'There is no option prot; did you mean port?'],
  [{ servicetoken: 'x' }, 'did you mean serviceToken?'],
  [{ allowPublicDelivry: true }, 'did you mean allowPublicDelivery?'],
  [{ port: 70_000 }, 'port must be a whole number from 0 to 65535; it was 70000.'],
  [{ port: 1.5 }, 'port must be a whole number'],
  [{ bodyTimeoutMs: 0 }, 'bodyTimeoutMs must be a whole number from 1'],
  [{ host: '' }, 'host must be an address'],
  [{ host: '0.0.0.0' }, 'with --control-token'],
  [{ host: '::' }, 'with --control-token'],
  [{ host: 'my-machine.local' }, 'with --control-token'],
  [{ controlToken: 'short' }, 'controlToken must have 8'],
  [{ tenants: 'all' }, 'tenants must be on-sight or known'],
  [{ maxTenants: 0 }, 'maxTenants must be a whole number'],
  [{ seed: 0.5 }, 'seed must be a whole number'],
  [{ switches: { restoreEvnt: '40' } }, 'did you mean restoreEvent?'],
])('refuses the options %j', async (options, message) => {
  await expect(createMockServer({ port: 0, ...options })).rejects.toMatchObject({
    code: 'simulator/bad-option',
    message: expect.stringContaining(message),
  });
});

test('binds every address when told that others may reach it, and shows one to use', async () => {
  const server = await start({ host: '0.0.0.0', controlToken: 'long-secret' });
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await json(`${server.controlUrl}/ready`)).status).toBe(200);
});

test('a port in use is a clear error', async () => {
  const server = await start();
  const port = Number(new URL(server.url).port);
  await expect(createMockServer({ port })).rejects.toThrow(ListenError);
  await expect(createMockServer({ port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use.`);
});
