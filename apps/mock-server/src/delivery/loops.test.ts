import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { depthHeader } from '@hubex-kit/simulator';
import { afterEach, expect, test } from 'vitest';
import { createMockServer, type MockServer, type MockServerOptions } from '../mock-server.ts';

const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.stop();
});

async function mock(options: MockServerOptions = {}): Promise<MockServer> {
  const server = await createMockServer({ port: 0, assets: 5, ...options });
  open.push(server);
  return server;
}

/** A receiver; `receive` is told the header of each delivery. Answers when that is done. */
async function receiver(receive: (depth: string) => Promise<void>): Promise<string> {
  const server: Server = createServer((request, response) => {
    request.resume().on('end', () => {
      void receive(String(request.headers[depthHeader])).then(() => response.writeHead(204).end());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = (): Promise<unknown> => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  open.push({ stop });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`; // it listens on a port
}

/** Signs in and returns what calls the API as that user. */
async function caller({
  apiUrl,
  serviceToken,
}: MockServer): Promise<(what: string, body: unknown, depth?: string) => Promise<number>> {
  const headers: Record<string, string> = { 'content-type': 'application/json', 'x-application-id': '5' };
  const body = JSON.stringify({ serviceToken });
  const signedIn = await fetch(`${apiUrl}/AUTHZ/AccessTokens`, { method: 'POST', headers, body });
  const { access_token: token } = (await signedIn.json()) as { access_token: string }; // the API's shape
  headers.authorization = `Bearer ${token}`;
  return async (what, content, depth) => {
    const [method = '', path = ''] = what.split(' ');
    const more = depth === undefined ? {} : { [depthHeader]: depth };
    const answer = await fetch(`${apiUrl}${path}`, {
      method,
      headers: { ...headers, ...more },
      body: JSON.stringify(content),
    });
    await answer.arrayBuffer();
    return answer.status;
  };
}

const asset = { name: 'Лифт', companyID: 1, assetTypeID: 3, assetClassID: 1, parentID: 101 };
const hook = (uri: string): unknown => [{ name: 'h', uri, isActive: true, events: [40] }];

test('two mocks whose receivers call the other one stop after maxDepth, the last call is answered all the same', async () => {
  const [one, two] = [await mock({ maxDepth: 4 }), await mock({ maxDepth: 4 })];
  const [callOne, callTwo] = [await caller(one), await caller(two)];
  const seen: string[] = [];
  const answers: number[] = [];
  const passOn = (call: typeof callOne) => async (depth: string) => {
    seen.push(depth);
    answers.push(await call('POST /ES/Assets', asset, depth));
  };
  expect(await callOne('POST /MSG/Webhooks', hook(await receiver(passOn(callTwo))))).toBe(201);
  expect(await callTwo('POST /MSG/Webhooks', hook(await receiver(passOn(callOne))))).toBe(201);
  expect(await callOne('POST /ES/Assets', asset)).toBe(201);
  for (let round = 0; round < 6; round++) {
    await one.simulator.control.settled();
    await two.simulator.control.settled();
  }
  expect(seen).toEqual(['1', '2', '3', '4', '5']);
  expect(answers).toEqual([201, 201, 201, 201, 201]);
  const dropped = [one, two].flatMap(({ simulator }) => simulator.control.deliveries({ state: 'dropped' }).items);
  expect(dropped).toMatchObject([
    { depth: 6, reason: 'a loop: more than 4 deliveries led to this one, each caused by the one before', attempts: [] },
  ]);
});

test('a receiver that calls back without the header is always served', async () => {
  const server = await mock({ maxDepth: 1 });
  const call = await caller(server);
  let left = 3;
  const uri = await receiver(async () => {
    if (left-- > 0) await call('POST /ES/Assets', asset);
  });
  expect(await call('POST /MSG/Webhooks', hook(uri))).toBe(201);
  expect(await call('POST /ES/Assets', asset)).toBe(201);
  await server.simulator.control.settled();
  expect(server.simulator.control.deliveries({ state: 'delivered' }).total).toBe(4);
});

test('a webhook that points at a control of the mock itself ends, too', async () => {
  const server = await mock({ maxDepth: 3 });
  const call = await caller(server);
  expect(await call('POST /MSG/Webhooks', hook(`${server.controlUrl}/redeliver`))).toBe(201);
  server.simulator.control.emit({ raw: '{"deliveryId":1}' });
  await server.simulator.control.settled();
  const { items } = server.simulator.control.deliveries();
  expect(items.map(({ depth = 1, state }) => [depth, state])).toEqual([
    [1, expect.any(String)],
    [2, expect.any(String)],
    [3, expect.any(String)],
    [4, expect.any(String)],
    [5, 'dropped'],
  ]);
});

test('the depth of a delivery is one more than that of the call that caused it; what is no number counts as none', async () => {
  const server = await mock();
  const call = await caller(server);
  const seen: string[] = [];
  const uri = await receiver(async (depth) => void seen.push(depth));
  expect(await call('POST /MSG/Webhooks', hook(uri))).toBe(201);
  expect(await call('POST /ES/Assets', asset, '7')).toBe(201);
  expect(await call('POST /ES/Assets', asset, 'seven')).toBe(201);
  await server.simulator.control.settled();
  expect(seen.sort()).toEqual(['1', '8']);
});
