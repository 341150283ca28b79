import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { CallResult, Transmission } from '@hubex-kit/simulator';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { localhostCertificate } from '../../test/localhost-certificate.ts';
import { createHttpDeliverer } from './http-deliverer.ts';

const body = '{"TenantID":105,"AssetID":101,"Имя":"Котёл"}';
const length = Buffer.byteLength(body);

/** What an https server sees of one connection. */
interface Seen {
  /** The body as far as it came. */
  text: string;
  /** In order: what its socket tells, and what the parser of HTTP makes of it. */
  readonly told: string[];
}

let server: Server;
let seen: Seen;
let over: Promise<void>;

beforeEach(async () => {
  seen = { text: '', told: [] };
  server = createServer(localhostCertificate, (request, response) => {
    request.setEncoding('utf8');
    request.on('data', (text: string) => (seen.text += text));
    request.on('error', ({ message }) => seen.told.push(`request: ${message}`));
    request.on('end', () => response.writeHead(204, { connection: 'close' }).end());
  });
  over = new Promise((resolve) => {
    server.on('secureConnection', (socket) => {
      socket.on('end', () => seen.told.push('socket: end'));
      socket.on('error', (error: NodeJS.ErrnoException) => seen.told.push(`socket: ${error.syscall} ${error.code}`));
      socket.on('close', () => resolve());
    });
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    seen.told.push(`server: ${error.code}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Delivers once to the server; `host` is a name or an address of this machine. */
async function deliver(transmission: Transmission, host = 'localhost', port?: number): Promise<CallResult> {
  const deliverer = createHttpDeliverer({ allowPublic: false });
  const url = `https://${host}:${port ?? (server.address() as AddressInfo).port}/hook?key=1`; // it listens on a port
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  const call = { tenantId: 105, deliveryId: 1, webhookId: 1, attempt: 1, method: 'POST' as const, url, headers, body };
  try {
    return await deliverer({ ...call, timeoutMs: 5_000, transmission });
  } finally {
    await deliverer.cancel?.();
  }
}

/** As the variable of Node does it; Node warns, which is right and not our business here. */
function trustAll(): void {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
}

const part = (bytes: number): string => Buffer.from(body).subarray(0, bytes).toString();

test.each<[Transmission, string, readonly string[], CallResult]>([
  [
    { kind: 'reset', afterBytes: 20 },
    part(20),
    ['server: ECONNRESET', 'socket: read ECONNRESET', 'request: aborted'],
    { kind: 'failed', reason: `the connection was reset after 20 of ${length} bytes` },
  ],
  [
    { kind: 'reset', afterBytes: 0 },
    '',
    ['server: ECONNRESET', 'socket: read ECONNRESET', 'request: aborted'],
    { kind: 'failed', reason: `the connection was reset after 0 of ${length} bytes` },
  ],
  [
    { kind: 'cut', afterBytes: 20 },
    part(20),
    ['server: HPE_INVALID_EOF_STATE', 'socket: end', 'request: aborted'],
    { kind: 'failed', reason: 'socket hang up' },
  ],
])('over TLS a receiver is told of %j', async (transmission, text, told, result) => {
  trustAll();
  expect(await deliver(transmission)).toEqual(result);
  await over;
  expect(seen).toEqual({ text, told });
});

test.each<Transmission>([{ kind: 'chunked' }, { kind: 'slow', bytesPerSecond: 1_000 }])(
  'over TLS a receiver answers %j',
  async (transmission) => {
    trustAll();
    expect(await deliver(transmission)).toEqual({ kind: 'answered', status: 204 });
    expect(seen.text).toBe(body);
  },
);

test('certificates are checked', async () => {
  expect(await deliver({ kind: 'chunked' })).toEqual({ kind: 'failed', reason: 'self-signed certificate' });
  expect(seen.text).toBe('');
});

test('an address in digits is called without a name for the server', async () => {
  trustAll();
  expect(await deliver({ kind: 'chunked' }, '127.0.0.1')).toEqual({ kind: 'answered', status: 204 });
});

test('where nobody listens, the reason is told', async () => {
  expect(await deliver({ kind: 'chunked' }, '127.0.0.1', 1)).toEqual({
    kind: 'failed',
    reason: 'connect ECONNREFUSED 127.0.0.1:1',
  });
});
