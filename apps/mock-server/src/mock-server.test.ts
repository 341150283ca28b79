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
async function receiver(answer: (body: string) => number | undefined): Promise<string> {
  const server: Server = createServer((incoming, outgoing) => {
    let body = '';
    incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
    incoming.on('end', () => {
      const status = answer(body);
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
    ['GET', '/reset', undefined, 405, undefined],
    ['GET', '/nothing', undefined, 404, undefined],
  ])('answers %s %s %s with %i and names %s', async (method, path, body, status, field) => {
    const server = await start();
    const reply = await json(`${server.controlUrl}${path}`, { method, body: body ?? null });
    expect(reply.status).toBe(status);
    expect(reply.body.error).toMatchObject({ message: expect.any(String), ...(field && { field }) });
  });

  test.each([
    [{ host: 'evil.example' }, 403],
    [{ host: 'evil.example:4010' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
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
  test('lets browsers of any origin ask first', async () => {
    const server = await start();
    const response = await fetch(`${server.apiUrl}/ES/Assets`, { method: 'OPTIONS' });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
  });

  test('survives bytes that are no HTTP and bodies that break off', async () => {
    const server = await start();
    const port = Number(new URL(server.url).port);
    const talk = (bytes: string): Promise<void> =>
      new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(bytes, () => socket.end()));
        socket
          .on('close', () => resolve())
          .on('error', () => undefined)
          .resume();
      });
    await talk('nonsense\r\n\r\n');
    await talk('POST /fsm/ES/Assets HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"na');
    await talk('GET /fsm/%00%ff%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect((await json(`${server.controlUrl}/ready`)).body.ready).toBe(true);
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

  test.each([
    ['http://192.0.2.1/hook', /neither loopback nor private/],
    ['http://169.254.169.254/latest/meta-data', /neither loopback nor private/],
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

test('a port in use is a clear error', async () => {
  const server = await start();
  const port = Number(new URL(server.url).port);
  await expect(createMockServer({ port })).rejects.toThrow(ListenError);
  await expect(createMockServer({ port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use.`);
});
