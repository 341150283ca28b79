import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSimulator } from '@hubex-kit/simulator';
import { afterEach, describe, expect, test } from 'vitest';
import { ControlRequestError, createControlClient } from '../control-client.ts';
import { createMockServer, type MockServer } from '../index.ts';

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function start(options: Parameters<typeof createMockServer>[0] = {}): Promise<MockServer> {
  const server = await createMockServer({ port: 0, assets: 20, ...options });
  closers.push(() => server.stop());
  return server;
}

async function json(url: string, init?: RequestInit): Promise<{ status: number; body: ReturnType<typeof JSON.parse> }> {
  const response = await fetch(url, init);
  return { status: response.status, body: await response.json() };
}

/** Sends a request of the API as the user of a service token; signs in first. */
async function createUser(
  server: MockServer,
  serviceToken: string,
): Promise<(method: string, path: string, body?: unknown) => Promise<{ status: number; text: string }>> {
  const send = async (
    method: string,
    path: string,
    body?: unknown,
    jwt = '',
  ): Promise<{ status: number; text: string }> => {
    const headers = { 'content-type': 'application/json', 'x-application-id': '5', authorization: `Bearer ${jwt}` };
    const response = await fetch(`${server.apiUrl}${path}`, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  };
  const { status, text } = await send('POST', '/AUTHZ/AccessTokens', { serviceToken });
  expect(status).toBe(200);
  const jwt = JSON.parse(text).access_token;
  return (method, path, body) => send(method, path, body, jwt);
}

const hookTo = (uri: string): unknown => [{ name: 'h', uri, isActive: true, events: [40, 41, 42, 43, 44] }];

describe('a tenant', () => {
  test('is named by query or header, by token or id, and is made on first sight with a warning', async () => {
    const { controlUrl } = await start();
    const made = await fetch(`${controlUrl}/ready?tenant=mine`);
    const { tenantId } = (await made.json()) as { tenantId: number }; // as the control answers
    expect(made.headers.get('x-hubex-mock-warning')).toBe(`tenant ${tenantId} was made on first sight`);
    for (const [url, headers] of [
      [`${controlUrl}/ready?tenant=mine`, {}],
      [`${controlUrl}/ready?tenant=${tenantId}`, {}],
      [`${controlUrl}/ready`, { 'x-hubex-mock-tenant': 'mine' }],
    ] as const) {
      const response = await fetch(url, { headers });
      expect([await response.json(), response.headers.get('x-hubex-mock-warning')]).toEqual([
        { ready: true, tenantId, seed: 1 },
        null,
      ]);
    }
  });

  test('is removed with DELETE, and its tokens are unknown afterwards', async () => {
    const server = await start({ tenants: 'known' });
    expect((await json(`${server.controlUrl}/tenants?tenant=x`)).status).toBe(400);
    const forked = await json(`${server.controlUrl}/fork`, { method: 'POST', body: 'serviceToken=copy' });
    const user = await createUser(server, 'copy');
    expect((await json(`${server.controlUrl}/tenants`)).body.total).toBe(2);
    const removed = await json(`${server.controlUrl}/tenants?id=${forked.body.tenantId}`, { method: 'DELETE' });
    expect(removed.body).toEqual({ removed: forked.body.tenantId });
    expect((await user('GET', '/ES/Assets/101')).status).toBe(401);
  });
});

test('takes input as query, JSON and form fields, in one way each', async () => {
  const { controlUrl } = await start();
  const post = (path: string, body: string, type?: string): ReturnType<typeof json> =>
    json(`${controlUrl}${path}`, { method: 'POST', body, headers: type === undefined ? {} : { 'content-type': type } });
  expect((await post('/emit', 'eventId=41&assetId=101')).status).toBe(200);
  expect((await post('/emit', '{"eventId":41,"assetId":101}', 'application/x-www-form-urlencoded')).status).toBe(200);
  expect((await post('/emit?eventId=41&assetId=101', '')).status).toBe(200);
  expect((await post('/emit?eventId=41', '{"eventId":41,"assetId":101}')).body.error).toMatchObject({
    field: 'eventId',
    message: expect.stringContaining('given twice'),
  });
  expect((await post('/emit', 'eventId=41&assetId=101', 'application/json')).body.error.field).toBe('body');
});

describe('the control token', () => {
  test('is asked for by everything but readiness and sinks', async () => {
    const server = await start({ controlToken: 'long-secret' });
    const ask = async (path: string, headers = {}): Promise<number> =>
      (await fetch(`${server.controlUrl}${path}`, { headers })).status;
    for (const path of ['/tenants', '/openapi.json', '/controls', '/nothing', '/stream'])
      expect([path, await ask(path)]).toEqual([path, 401]);
    expect(await ask('/tenants', { authorization: 'Bearer long-secrex' })).toBe(401);
    expect(await ask('/tenants', { authorization: 'Bearer long-secret' })).toBe(200);
    expect(await ask('/tenants', { 'x-hubex-mock-token': 'long-secret' })).toBe(200);
    expect([await ask('/ready'), await ask('/sink/any')]).toEqual([200, 204]);
    expect((await createControlClient({ url: server.url, controlToken: 'long-secret' }).tenants()).total).toBe(1);
  });
});

test('describes itself as OpenAPI, with the address it was asked at, and lists its controls for forms', async () => {
  const { controlUrl } = await start();
  const { body } = await json(`${controlUrl}/openapi.json`);
  expect(body).toMatchObject({ openapi: '3.1.0', servers: [{ url: controlUrl }] });
  expect(body.paths['/wait'].get.parameters.map(({ name }: { name: string }) => name)).toEqual([
    ...['tenant', 'eventId', 'assetId', 'webhookId', 'count', 'within'],
  ]);
  const answered = { 'application/json': { schema: { $ref: '#/components/schemas/Waited' } } };
  expect(body.paths['/wait'].get.responses[200].content).toEqual(answered);
  for (const format of ['json', 'ndjson', 'har']) {
    const { headers } = await fetch(`${controlUrl}/journal?format=${format}`);
    const [media] = String(headers.get('content-type')).split(';');
    expect(Object.keys(body.paths['/journal'].get.responses[200].content)).toContain(media);
  }
  const list = (await json(`${controlUrl}/controls`)).body;
  expect(list).toContainEqual(expect.objectContaining({ name: 'emit', method: 'POST', path: '/emit' }));
});

test('a sink receives deliveries of the server itself, answers as told, and shows what came', async () => {
  const server = await start();
  const mock = createControlClient({ url: server.url, tenant: 'mine' });
  const { path } = await mock.setSink({ name: 'hook', status: 500, times: 1 });
  const user = await createUser(server, 'mine');
  expect((await user('POST', '/MSG/Webhooks', hookTo(`${server.url}${path}&key=secret`))).status).toBe(201);
  await mock.emit({ eventId: 41, assetId: 101 });
  await mock.emit({ eventId: 42, assetId: 101 });
  expect(await mock.settled()).toEqual({ settled: true, pending: 0 });
  const { ok, items } = await mock.waitSink({ name: 'hook', count: 2 });
  expect([ok, items.map(({ status, query }) => `${status} ${query}`)]).toEqual([
    true,
    ['500 key=secret', '204 key=secret'],
  ]);
  expect((await mock.deliveries({ state: 'failed' })).total).toBe(1);
});

test('streams what happens, over the client and as server-sent events', async () => {
  const server = await start();
  const mock = createControlClient({ url: server.url });
  const stream = await mock.stream();
  const raw = await fetch(`${server.controlUrl}/stream`);
  expect(raw.headers.get('content-type')).toMatch(/^text\/event-stream/);
  await mock.emit({ eventId: 41, assetId: 101 });
  for await (const activity of stream) {
    expect(activity).toMatchObject({ type: 'event', event: { eventId: 41, assetId: 101, deliveries: [] } });
    break;
  }
  const reader = raw.body?.getReader();
  let text = '';
  while (!text.includes('data:')) text += new TextDecoder().decode((await reader?.read())?.value);
  expect(text).toMatch(/^: connected\n\nid: 1\nevent: event\ndata: \{"type":"event",/);
  await reader?.cancel();
  expect((await fetch(`${server.controlUrl}/stream`, { method: 'HEAD' })).status).toBe(200);
});

test('answers texts in their own type', async () => {
  const { controlUrl } = await start();
  const metrics = await fetch(`${controlUrl}/metrics?format=prometheus`);
  expect(metrics.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(await metrics.text()).toContain('hubex_mock_pending{tenant="105"} 0');
  const journal = await fetch(`${controlUrl}/journal?format=ndjson`);
  expect(journal.headers.get('content-type')).toMatch(/^application\/x-ndjson/);
});

test('the same calls leave the same transcript over HTTP and in process', async () => {
  const server = await start();
  const mock = createControlClient({ url: server.url, tenant: 'same' });
  await mock.setClock({ mode: 'virtual', now: '2026-03-02T08:00:00Z' });
  const user = await createUser(server, 'same');
  const simulator = createSimulator({ assets: 20 });
  const local = simulator.tenant('same');
  local.setClock({ mode: 'virtual', now: '2026-03-02T08:00:00Z' });
  let jwt = '';
  const send = async (method: string, path: string, body?: unknown): Promise<string> => {
    const headers = { 'content-type': 'application/json', 'x-application-id': '5', authorization: `Bearer ${jwt}` };
    const bytes = body === undefined ? undefined : new TextEncoder().encode(JSON.stringify(body));
    return String((await simulator.handle({ method, path, query: '', headers, body: bytes })).body ?? '');
  };
  jwt = JSON.parse(await send('POST', '/AUTHZ/AccessTokens', { serviceToken: 'same' })).access_token;
  for (const [method, path, body] of [
    ['POST', '/MSG/Webhooks', hookTo('http://127.0.0.1:1/')],
    ['POST', '/ES/Assets', { name: 'Лифт', companyID: 1, assetTypeID: 3, assetClassID: 1, parentID: 101 }],
    ['PUT', '/ES/Assets', { assets: [102, 103, 104], assetClassID: 2 }],
    ['DELETE', '/ES/Assets', [105, 106]],
  ] as const) {
    expect((await user(method, path, body)).text).toBe(await send(method, path, body));
    await mock.advance({ by: '1m' });
    await local.advance({ by: '1m' });
  }
  expect(await mock.transcript()).toEqual(local.transcript());
  expect(local.transcript().lines).toBeGreaterThan(8);
});

describe('the control client', () => {
  test('names field and way out of what is refused, and says when nobody is there', async () => {
    const { url } = await start();
    const mock = createControlClient({ url: `${url}/__mock/` });
    await expect(mock.wait({ eventId: 256 })).rejects.toMatchObject({
      code: 'mock/bad-control',
      field: 'eventId',
      status: 400,
    });
    await expect(mock.wait({ eventId: 256 })).rejects.toBeInstanceOf(ControlRequestError);
    const nobody = createControlClient({ url: 'http://127.0.0.1:1' });
    await expect(nobody.ready()).rejects.toMatchObject({ code: 'mock/unreachable', status: 0 });
    const unknown: unknown = Reflect.get(mock, 'waitt');
    await expect((unknown as () => Promise<unknown>)()).rejects.toMatchObject({ code: 'mock/unknown-control' }); // every name is a function
  });

  test('waits, verifies and exports', async () => {
    const server = await start();
    const receiver = createServer((request, response) => {
      request.resume().on('end', () => response.writeHead(204).end());
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    closers.push(async () => {
      receiver.closeAllConnections();
      await new Promise((resolve) => receiver.close(resolve));
    });
    const { port } = receiver.address() as AddressInfo; // it listens on a port
    const user = await createUser(server, 'mine');
    expect((await user('POST', '/MSG/Webhooks', hookTo(`http://127.0.0.1:${port}/`))).status).toBe(201);
    const mock = createControlClient({ url: server.url, tenant: 'mine' });
    const waiting = mock.wait({ eventId: 41, count: 2, within: '5s' });
    await mock.emit({ eventId: 41, assetId: 101 });
    await mock.emit({ eventId: 41, assetId: 102 });
    expect(await waiting).toMatchObject({ ok: true, missing: 0 });
    expect(await mock.verify({ sequence: ['41 101', '41 102'], webhookId: 1 })).toMatchObject({ ok: true });
    const har = await mock.journal({ format: 'har' });
    expect(JSON.parse(String(har)).log.entries).toHaveLength(4);
    await mock.redeliver({ deliveryId: 1, url: 'http://192.0.2.1/' });
    await mock.settled();
    const [refused] = (await mock.deliveries({ state: 'failed' })).items;
    expect(refused?.reason).toMatch(/neither loopback nor private/);
  });
});
