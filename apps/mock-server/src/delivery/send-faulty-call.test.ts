import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { CallResult, Deliverer, OutgoingCall, Transmission } from '@hubex-kit/simulator';
import { afterEach, expect, test } from 'vitest';
import { createHttpDeliverer } from './http-deliverer.ts';

const closers: (() => Promise<unknown> | undefined)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const body = '{"TenantID":105,"AssetID":101,"Имя":"Котёл"}';
const length = Buffer.byteLength(body);

interface Receiver {
  readonly origin: string;
  /** Every byte of the first connection, and how it ended. */
  readonly got: Promise<{ text: string; ending: 'FIN' | 'RST' }>;
}

/** A bare socket that answers when `isEnough` bytes have come, and keeps every byte. */
async function receiver(answer: (socket: Socket, bytes: Buffer) => void): Promise<Receiver> {
  let over = (_: { text: string; ending: 'FIN' | 'RST' }): void => undefined;
  const got = new Promise<{ text: string; ending: 'FIN' | 'RST' }>((resolve) => {
    over = resolve;
  });
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let bytes = Buffer.alloc(0);
    let ending: 'FIN' | 'RST' = 'FIN';
    closers.push(async () => void socket.destroy());
    socket
      .on('data', (chunk: Buffer) => {
        bytes = Buffer.concat([bytes, chunk]);
        answer(socket, bytes);
      })
      .on('end', () => socket.end())
      .on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNRESET') ending = 'RST';
      })
      .on('close', () => over({ text: bytes.toString(), ending }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, got }; // it listens on a port
}

function deliverer(): Deliverer {
  const deliver = createHttpDeliverer({ allowPublic: false });
  closers.push(() => deliver.cancel?.());
  return deliver;
}

function call(origin: string, transmission: Transmission | undefined, timeoutMs = 5000): OutgoingCall {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  const url = `${origin}/hook?key=1`;
  const fault = transmission && { transmission };
  return {
    tenantId: 105,
    deliveryId: 1,
    webhookId: 1,
    attempt: 1,
    method: 'POST',
    url,
    headers,
    body,
    timeoutMs,
    ...fault,
  };
}

const isWhole = (bytes: Buffer): boolean => /"}$|0\r\n\r\n$/.test(bytes.toString());
const head = (origin: string): string =>
  `POST /hook?key=1 HTTP/1.1\r\nhost: ${new URL(origin).host}\r\nconnection: keep-alive\r\ncontent-type: application/json; charset=utf-8\r\nx-hubex-mock-depth: 1\r\n`;
const part = (bytes: number): string => Buffer.from(body).subarray(0, bytes).toString();
const answered: CallResult = { kind: 'answered', status: 204 };
const ok = 'HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n';

test.each<[Transmission | undefined, string, string, 'FIN' | 'RST', CallResult]>([
  [undefined, `content-length: ${length}\r\n\r\n`, body, 'FIN', answered],
  [{ kind: 'slow', bytesPerSecond: 1000 }, `content-length: ${length}\r\n\r\n`, body, 'FIN', answered],
  [
    { kind: 'chunked' },
    'transfer-encoding: chunked\r\n\r\n',
    `${length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
    'FIN',
    answered,
  ],
  [
    { kind: 'cut', afterBytes: 20 },
    `content-length: ${length}\r\n\r\n`,
    part(20),
    'FIN',
    { kind: 'failed', reason: 'socket hang up' },
  ],
  [
    { kind: 'reset', afterBytes: 20 },
    `content-length: ${length}\r\n\r\n`,
    part(20),
    'RST',
    { kind: 'failed', reason: `the connection was reset after 20 of ${length} bytes` },
  ],
  [
    { kind: 'reset', afterBytes: 0 },
    `content-length: ${length}\r\n\r\n`,
    '',
    'RST',
    { kind: 'failed', reason: `the connection was reset after 0 of ${length} bytes` },
  ],
])('%j puts exactly these bytes on the wire', async (transmission, framing, text, ending, result) => {
  const { origin, got } = await receiver((socket, bytes) => {
    if (isWhole(bytes)) socket.end(ok);
  });
  expect(await deliverer()(call(origin, transmission))).toEqual(result);
  expect(await got).toEqual({ text: `${head(origin)}${framing}${text}`, ending });
});

test.each<[number | null, (origin: string) => string]>([
  [null, () => ''],
  [0, (origin) => `${head(origin)}content-length: ${length}\r\n\r\n`],
  [7, (origin) => `${head(origin)}content-length: ${length}\r\n\r\n${part(7)}`],
])('silence after %s bytes lasts until the time limit of the call', async (afterBytes, text) => {
  const { origin, got } = await receiver(() => undefined);
  const result = await deliverer()(call(origin, { kind: 'silence', afterBytes }, 50));
  expect(result).toEqual({ kind: 'failed', reason: 'no answer within 50 ms' });
  expect((await got).text).toBe(text(origin));
});

test('a receiver that has had enough of a slow or silent body is heard', async () => {
  const refuse = 'HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n';
  for (const transmission of [
    { kind: 'slow', bytesPerSecond: 10 },
    { kind: 'silence', afterBytes: 1 },
  ] as const) {
    const { origin, got } = await receiver((socket, bytes) => {
      if (bytes.toString().endsWith('{')) socket.write(refuse);
    });
    expect(await deliverer()(call(origin, transmission))).toEqual({ kind: 'answered', status: 408 });
    expect((await got).text).toMatch(/\{$/);
  }
});

test('cancel breaks faulty calls off', async () => {
  const deliver = deliverer();
  const { origin, got } = await receiver(() => void deliver.cancel?.());
  const result = await deliver(call(origin, { kind: 'silence', afterBytes: 0 }));
  expect(result).toEqual({ kind: 'failed', reason: 'broken off' });
  await got;
});

test('guards addresses like any call, and fails with a reason where nobody listens', async () => {
  const chunked = { kind: 'chunked' } as const;
  expect(await deliverer()(call('http://169.254.169.254', chunked))).toMatchObject({
    reason: expect.stringMatching(/never go there/),
  });
  expect(await deliverer()(call('http://127.0.0.1:1', chunked))).toMatchObject({
    reason: expect.stringMatching(/ECONNREFUSED/),
  });
});
