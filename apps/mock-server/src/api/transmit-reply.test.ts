import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { ApiReply, Transmission } from '@hubex-kit/simulator';
import { afterEach, expect, test } from 'vitest';
import { transmitReply } from './transmit-reply.ts';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const reply: ApiReply = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"name":"Котёл"}' };

/** Every byte that a caller gets, and how his connection ended. */
async function receive(
  transmission: Transmission,
  options: { reply?: ApiReply; method?: string; hangUpAfter?: number } = {},
): Promise<{ text: string; ending: 'FIN' | 'RST' | 'hung up' }> {
  const server = createServer((_request, response) => {
    response.sendDate = false;
    transmitReply(response, { reply: options.reply ?? reply, transmission });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return await new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let ending: 'FIN' | 'RST' | 'hung up' = 'FIN';
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1'); // it listens on a port
    const hangUp = (): void => {
      if (Buffer.concat(chunks).byteLength < (options.hangUpAfter ?? Number.POSITIVE_INFINITY)) return;
      ending = 'hung up';
      socket.destroy();
    };
    socket
      .on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        hangUp();
      })
      .on('error', (error: NodeJS.ErrnoException) => {
        ending = error.code === 'ECONNRESET' ? 'RST' : expect.unreachable();
      })
      .on('close', () => resolve({ text: Buffer.concat(chunks).toString(), ending }));
    socket.write(`${options.method ?? 'GET'} / HTTP/1.1\r\nHost: hubex\r\nConnection: close\r\n\r\n`);
    if (options.hangUpAfter === 0) server.once('request', hangUp);
  });
}

const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 21\r\nConnection: close\r\n\r\n';

test.each<[Transmission, string, 'FIN' | 'RST']>([
  [{ kind: 'reset', afterBytes: null }, '', 'RST'],
  [{ kind: 'reset', afterBytes: 0 }, head, 'RST'],
  [{ kind: 'reset', afterBytes: 9 }, `${head}{"name":"`, 'RST'],
  [{ kind: 'reset', afterBytes: 1000 }, `${head}{"name":"Котёл"}`, 'RST'],
  [{ kind: 'cut', afterBytes: 0 }, head, 'FIN'],
  [{ kind: 'cut', afterBytes: 11 }, `${head}{"name":"К`, 'FIN'],
  [{ kind: 'cut', afterBytes: 1000 }, `${head}{"name":"Котёл"`, 'FIN'],
  [{ kind: 'slow', bytesPerSecond: 100_000 }, `${head}{"name":"Котёл"}`, 'FIN'],
  [{ kind: 'slow', bytesPerSecond: 1000 }, `${head}{"name":"Котёл"}`, 'FIN'],
  [
    { kind: 'chunked' },
    'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n15\r\n{"name":"Котёл"}\r\n0\r\n\r\n',
    'FIN',
  ],
])('%j puts exactly these bytes on the wire', async (transmission, text, ending) => {
  expect(await receive(transmission)).toEqual({ text, ending });
});

test('silence lasts until the caller hangs up, with nothing or with a part of the answer', async () => {
  expect(await receive({ kind: 'silence', afterBytes: null }, { hangUpAfter: 0 })).toEqual({
    text: '',
    ending: 'hung up',
  });
  const text = `${head}{"name"`;
  expect(await receive({ kind: 'silence', afterBytes: 7 }, { hangUpAfter: Buffer.byteLength(text) })).toEqual({
    text,
    ending: 'hung up',
  });
});

test('a slow body stops when its caller has gone', async () => {
  const { text } = await receive({ kind: 'slow', bytesPerSecond: 10 }, { hangUpAfter: head.length + 1 });
  expect(text).toBe(`${head}{`);
});

test('an answer without a body is sent as far as there is one', async () => {
  const empty = { status: 204, headers: {}, body: undefined };
  const bare = 'HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n';
  for (const transmission of [
    { kind: 'slow', bytesPerSecond: 1 },
    { kind: 'cut', afterBytes: 5 },
    { kind: 'chunked' },
  ] as const)
    expect(await receive(transmission, { reply: empty })).toEqual({ text: bare, ending: 'FIN' });
  expect(await receive({ kind: 'reset', afterBytes: 5 }, { reply: empty })).toEqual({ text: bare, ending: 'RST' });
});
