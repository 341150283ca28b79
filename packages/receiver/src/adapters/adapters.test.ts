import { createServer, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, describe, expect, test } from 'vitest';
import { createMemoryInbox, createReceiver, type HubexEvent, type ReceiverError } from '../index.ts';
import { toExpressHandler } from './express.ts';
import { toFetchHandler } from './fetch.ts';
import { toNodeHandler } from './node-http.ts';

const secret = 'Zm9yLXRlc3RzLW9ubHktMTI4Yml0';
const delivery = JSON.stringify({ TenantID: 105, AssetID: 7, EventID: 41, Note: 'Проверка' });

interface Setup {
  readonly receiver: ReturnType<typeof createReceiver>;
  readonly events: HubexEvent[];
  readonly errors: ReceiverError[];
  readonly inbox: ReturnType<typeof createMemoryInbox>;
}

function setUp(): Setup {
  const [events, errors]: [HubexEvent[], ReceiverError[]] = [[], []];
  const inbox = createMemoryInbox();
  const receiver = createReceiver({
    secrets: secret,
    inbox,
    onError: (error) => errors.push(error),
    maxBodyBytes: 2000,
    bodyTimeoutMs: 150,
  });
  return { receiver: receiver.on('*', (event) => void events.push(event)), events, errors, inbox };
}

let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
  server = undefined;
});

async function listen(listener: RequestListener): Promise<number> {
  const opened = createServer(listener);
  server = opened;
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve));
  return (opened.address() as AddressInfo).port; // it listens on a port
}

interface Shot {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  /** Leave the body unfinished. */
  readonly unfinished?: boolean;
}

/** One raw request; resolves with the status. */
function shoot(
  port: number,
  { path = `/hook?key=${secret}`, method = 'POST', headers = {}, body = delivery, unfinished = false }: Shot = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port, path, method, headers: { 'content-type': 'application/json', ...headers } },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
        if (unfinished) outgoing.destroy();
      },
    );
    outgoing.on('error', (error) => (unfinished ? undefined : reject(error)));
    if (method === 'GET' || method === 'HEAD') outgoing.end();
    else if (unfinished) outgoing.write(body);
    else outgoing.end(body);
  });
}

/** What every server has to do alike. */
const servers: readonly [string, (setup: Setup) => RequestListener][] = [
  ['node:http', ({ receiver }) => toNodeHandler(receiver)],
  ['express', ({ receiver }) => express().use('/hook', toExpressHandler(receiver))],
  [
    'express under a mount path in a router',
    ({ receiver }) => express().use('/hook', express.Router().use('/', toExpressHandler(receiver))),
  ],
  [
    'express after express.json()',
    ({ receiver }) => express().use(express.json()).use('/hook', toExpressHandler(receiver)),
  ],
  [
    'express after express.raw()',
    ({ receiver }) =>
      express()
        .use(express.raw({ type: '*/*' }))
        .use('/hook', toExpressHandler(receiver)),
  ],
  [
    'express after express.text()',
    ({ receiver }) =>
      express()
        .use(express.text({ type: '*/*' }))
        .use('/hook', toExpressHandler(receiver)),
  ],
];

describe.each(servers)('%s', (_, listener) => {
  test('takes a delivery, whatever its content type and encoding of length', async () => {
    const setup = setUp();
    const port = await listen(listener(setup));
    const shots: Shot[] = [
      {},
      { headers: { 'content-type': 'text/plain' } },
      { headers: { 'transfer-encoding': 'chunked' } },
      { headers: { 'content-type': 'application/json; charset=utf-8' } },
    ];
    for (const shot of shots) expect(await shoot(port, shot)).toBe(204);
    await setup.receiver.idle();
    expect(setup.events).toHaveLength(shots.length);
    expect(setup.events[0]).toMatchObject({ name: 'asset.changed', assetId: 7, payload: { Note: 'Проверка' } });
  });

  test('answers 404 to a wrong secret and 204 to a probe', async () => {
    const setup = setUp();
    const port = await listen(listener(setup));
    expect(await shoot(port, { path: '/hook?key=wrong' })).toBe(404);
    expect(await shoot(port, { method: 'GET' })).toBe(204);
    expect(await shoot(port, { method: 'HEAD' })).toBe(204);
    expect(setup.events).toEqual([]);
  });
});

describe.each(servers.slice(0, 3))('%s, reading for itself', (_, listener) => {
  test('puts junk into quarantine and answers 2xx', async () => {
    const setup = setUp();
    const port = await listen(listener(setup));
    for (const body of ['', 'junk', '[1]', 'a=1&b=2', Buffer.from([0xcf, 0xf0, 0xe8]), Buffer.from([0x1f, 0x8b, 0x08])])
      expect(await shoot(port, { body })).toBe(204);
    expect(setup.inbox.quarantine).toHaveLength(6);
  });

  test('answers 413 to a body above the limit and 408 to one that never ends', async () => {
    const setup = setUp();
    const port = await listen(listener(setup));
    expect(await shoot(port, { body: 'x'.repeat(2001) })).toBe(413);
    expect(await shoot(port, { body: '{"Tenant', headers: { 'content-length': '500' }, unfinished: true })).toBe(408);
    expect(setup.errors.map(({ message }) => message)).toEqual([
      expect.stringContaining('maxBodyBytes'),
      expect.stringContaining('bodyTimeoutMs'),
    ]);
  });
});

test('a stream that somebody has read and left nothing of is answered 500 at once', async () => {
  const setup = setUp();
  const handle = toNodeHandler(setup.receiver);
  const port = await listen((incoming, outgoing) => {
    incoming.resume();
    incoming.on('end', () => void handle(incoming, outgoing));
  });
  expect(await shoot(port)).toBe(500);
  expect(setup.errors).toMatchObject([{ code: 'receiver/body-consumed' }]);
});

test('a rawBody that a platform left is used', async () => {
  const setup = setUp();
  const handle = toNodeHandler(setup.receiver);
  const port = await listen((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => void handle(Object.assign(incoming, { rawBody: Buffer.concat(chunks) }), outgoing));
  });
  expect(await shoot(port)).toBe(204);
  await setup.receiver.idle();
  expect(setup.events).toHaveLength(1);
});

describe('fetch', () => {
  const post = (
    body: NonNullable<RequestInit['body']> | null,
    url = `https://own.example/hook?key=${secret}`,
  ): Request => new Request(url, { method: 'POST', body, duplex: 'half' } as RequestInit);

  test('takes a delivery as text, bytes and stream', async () => {
    const setup = setUp();
    const handle = toFetchHandler(setup.receiver);
    const bytes = new TextEncoder().encode(delivery);
    // Cut inside a Cyrillic letter: pieces have to be decoded together.
    const cut = bytes.findIndex((byte) => byte > 127) + 1;
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes.slice(0, cut));
        controller.enqueue(bytes.slice(cut));
        controller.close();
      },
    });
    for (const body of [delivery, bytes, stream]) expect((await handle(post(body))).status).toBe(204);
    await setup.receiver.idle();
    expect(setup.events.map(({ payload }) => payload)).toEqual(Array(3).fill(JSON.parse(delivery)));
  });

  test('answers 404, 413, 408, 500 and quarantines as the table says', async () => {
    const setup = setUp();
    const handle = toFetchHandler(setup.receiver);
    expect((await handle(post(delivery, 'https://own.example/hook'))).status).toBe(404);
    expect((await handle(post('x'.repeat(2001)))).status).toBe(413);
    expect((await handle(post(new ReadableStream()))).status).toBe(408);
    const used = post(delivery);
    await used.text();
    expect((await handle(used)).status).toBe(500);
    expect((await handle(post(null))).status).toBe(204);
    expect(setup.inbox.quarantine).toHaveLength(1);
  });
});
