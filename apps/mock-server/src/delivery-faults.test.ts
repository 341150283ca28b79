import { type AddressInfo, createServer, type Socket } from 'node:net';
import { deliveryFaults } from '@hubex-kit/simulator';
import { afterEach, expect, test } from 'vitest';
import { createMockServer, type MockServer } from './index.ts';

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

type Ending = 'FIN' | 'RST';

/** What came on each connection of a bare receiver, once all are closed. */
interface Receiver {
  readonly url: string;
  /** Connections so far. */
  connections(): number;
  heard(): Promise<readonly { readonly text: string; readonly ending: Ending }[]>;
}

/** Answers whole requests with 204 and keeps every byte. */
async function receiver(): Promise<Receiver> {
  const connections: Promise<{ text: string; ending: Ending }>[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let [text, ending]: [string, Ending] = ['', 'FIN'];
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (isWhole(text)) socket.end('HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n');
    });
    socket.on('error', () => {
      ending = 'RST';
    });
    connections.push(new Promise((resolve) => socket.on('close', () => resolve({ text, ending }))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  closers.unshift(async () => {
    for (const socket of sockets) socket.destroy();
  });
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    url: `http://127.0.0.1:${port}/hook?key=1`,
    connections: () => connections.length,
    heard: () => Promise.all(connections),
  };
}

function isWhole(text: string): boolean {
  const [head = '', body] = text.split(/\r\n\r\n(.*)/s);
  if (body === undefined) return false;
  const length = /^content-length: (\d+)$/m.exec(head)?.[1];
  return length === undefined ? body.endsWith('0\r\n\r\n') : Buffer.byteLength(body) >= Number(length);
}

async function start(hook: Receiver): Promise<MockServer['simulator']['control']> {
  const switches = { requireApplicationId: false };
  const server = await createMockServer({ port: 0, assets: 20, switches });
  closers.unshift(() => server.stop());
  const post = async (path: string, body: unknown, authorization = ''): Promise<Response> =>
    await fetch(`${server.apiUrl}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { authorization, 'content-type': 'application/json' },
    });
  const { access_token } = Object(
    await (await post('/AUTHZ/AccessTokens', { serviceToken: server.serviceToken })).json(),
  );
  const webhook = { name: 'h', uri: hook.url, isActive: true, events: [40, 41, 42, 43, 44] };
  expect((await post('/MSG/Webhooks', [webhook], `Bearer ${access_token}`)).status).toBe(201);
  return server.simulator.control;
}

type Fault = Parameters<MockServer['simulator']['control']['addFault']>[0]['fault'];

const body =
  '{"TenantID":105,"TaskID":null,"AssetID":101,"TaskConversationID":null,"TenantMemberID":null,"AccountID":null,"UserID":null,"CompanyID":null,"EventID":41,"TaskStageID":null}';
const json = 'content-type: application/json; charset=utf-8\r\n';
/** The mock server's own header against loops. */
const guard = 'x-hubex-mock-depth: 1\r\n';
const whole = (text: string, announced = text): string =>
  `POST /hook?key=1 HTTP/1.1\r\nhost: HOST\r\nconnection: keep-alive\r\n${json}${guard}content-length: ${Buffer.byteLength(announced)}\r\n\r\n${text}`;
const half = body.slice(0, Math.floor(body.length / 2));

const cases: readonly [fault: Fault, texts: readonly string[], ending: Ending, state: string][] = [
  ['drop', [], 'FIN', 'dropped'],
  ['duplicate', [whole(body), whole(body)], 'FIN', 'delivered'],
  [{ kind: 'duplicate', copies: 3 }, Array.from({ length: 4 }, () => whole(body)), 'FIN', 'delivered'],
  [{ kind: 'reorder', ms: 0 }, [whole(body)], 'FIN', 'delivered'],
  [{ kind: 'late', ms: 20 }, [whole(body)], 'FIN', 'delivered'],
  ['invalid-json', [whole(body.slice(0, -1))], 'FIN', 'delivered'],
  ['empty-body', [whole('')], 'FIN', 'delivered'],
  ['wrong-type', [whole(body.replace('101', '"101"'))], 'FIN', 'delivered'],
  ['unknown-event', [whole(body.replace('"EventID":41', '"EventID":250'))], 'FIN', 'delivered'],
  [{ kind: 'missing-fields', names: ['TaskID'] }, [whole(body.replace('"TaskID":null,', ''))], 'FIN', 'delivered'],
  [
    { kind: 'property-case', style: 'lower' },
    [whole(body.replaceAll(/"\w+"/g, (name) => name.toLowerCase()))],
    'FIN',
    'delivered',
  ],
  ['foreign-tenant', [whole(body.replace('105', '999999'))], 'FIN', 'delivered'],
  [{ kind: 'batch', size: 2 }, [whole(`[${body},${body}]`)], 'FIN', 'delivered'],
  ['byte-order-mark', [whole(`\uFEFF${body}`)], 'FIN', 'delivered'],
  [
    'wrong-content-type',
    [whole(body).replace(json, 'content-type: text/plain; charset=utf-8\r\n')],
    'FIN',
    'delivered',
  ],
  ['truncated-body', [whole(half, body)], 'FIN', 'failed'],
  ['connection-reset', [whole(half, body)], 'RST', 'failed'],
  [{ kind: 'slow-body', bytesPerSecond: 100_000 }, [whole(body)], 'FIN', 'delivered'],
  ['silence', [''], 'FIN', 'failed'],
  [{ kind: 'silence', afterBytes: 5 }, [whole(body.slice(0, 5), body)], 'FIN', 'failed'],
  [
    'chunked-body',
    [
      `POST /hook?key=1 HTTP/1.1\r\nhost: HOST\r\nconnection: keep-alive\r\n${json}${guard}transfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
    ],
    'FIN',
    'delivered',
  ],
  ['lost-answer', [whole(body)], 'FIN', 'failed'],
  [{ kind: 'extra-fields', names: ['New'] }, [whole(body.replace(/}$/, ',"New":"XXXXXXXXXXXX"}'))], 'FIN', 'delivered'],
];

test.each(cases)('%j puts exactly these bytes on the wire, once', async (fault, texts, ending, state) => {
  const hook = await receiver();
  const control = await start(hook);
  // Only silence is waited for in vain.
  if (JSON.stringify(fault).includes('silence')) control.setSwitches({ deliveryTimeoutMs: 1000 });
  control.addFault({ on: 'delivery', fault, times: 1 });
  control.emit({ eventId: 41, assetId: 101 });
  expect(await control.settled({ within: '1m' })).toMatchObject({ settled: true });
  expect(control.deliveries().items[0]?.state).toBe(state);
  const heard = (await hook.heard()).map((each) => ({
    ...each,
    text: each.text.replace(new URL(hook.url).host, 'HOST').replace(/(?<="New":")\w{12}/, 'XXXXXXXXXXXX'),
  }));
  expect(heard).toEqual(texts.map((text) => ({ text, ending })));
  control.setSwitches({ deliveryTimeoutMs: 30_000 });
  control.emit({ eventId: 41, assetId: 101 });
  expect(await control.settled({ within: '1m' })).toMatchObject({ settled: true });
  expect((await hook.heard()).at(-1)?.text.replace(new URL(hook.url).host, 'HOST')).toBe(whole(body));
});

test('every kind is among them', () => {
  const kinds = cases.map(([fault]) => (typeof fault === 'string' ? fault : fault.kind));
  expect([...new Set(kinds)].sort()).toEqual(Object.keys(deliveryFaults).sort());
});

test('silence ends on the wire when the time limit of the call has passed on the clock of the tenant', async () => {
  const hook = await receiver();
  const control = await start(hook);
  control.setClock({ mode: 'virtual' });
  control.addFault({ on: 'delivery', fault: { kind: 'silence', afterBytes: 5 } });
  control.emit({ eventId: 41, assetId: 101 });
  while ((await control.advance({ by: 0, patience: 1 })).pending > 0 && hook.connections() === 0);
  await control.advance({ by: '30s', patience: 1 });
  expect(control.deliveries().items).toMatchObject([{ state: 'failed', reason: 'no answer within 30000 ms' }]);
  expect(await hook.heard()).toHaveLength(1);
});
