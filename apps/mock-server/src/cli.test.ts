import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const cli = join(import.meta.dirname, 'cli.ts');

/** The command, run from its source. */
function hubexMock(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', '--conditions=@hubex-kit/source', cli, ...args], {
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function ended(child: ChildProcess): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
}

/** Resolves with the first text on stdout. */
function firstOutput(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString())));
}

test('serve --port 0 --json prints one line when ready and ends by SIGTERM', async () => {
  const child = hubexMock(['serve', '--port', '0', '--json', '--service-token', 'own-token']);
  const whole = ended(child);
  const ready = JSON.parse(await firstOutput(child));
  expect(ready).toEqual({
    event: 'ready',
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    apiUrl: `${ready.url}/fsm`,
    controlUrl: `${ready.url}/__mock`,
    serviceToken: 'own-token',
    tenantId: 105,
  });
  expect((await fetch(`${ready.controlUrl}/ready`)).status).toBe(200);
  child.kill('SIGTERM');
  const { code, stdout, stderr } = await whole;
  expect([code, stdout.trim().split('\n').length, stderr]).toEqual([0, 1, '']);
});

test('ends by SIGTERM at once, although a receiver hangs and a caller waits', async () => {
  const hanging = createServer(() => undefined);
  await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve));
  const { port } = hanging.address() as AddressInfo; // it listens on a port
  const child = hubexMock(['serve', '--port', '0', '--json']);
  const whole = ended(child);
  const { apiUrl, controlUrl, serviceToken } = JSON.parse(await firstOutput(child));
  const headers = { 'content-type': 'application/json', 'x-application-id': '5' };
  const issued = await fetch(`${apiUrl}/AUTHZ/AccessTokens`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ serviceToken }),
  });
  const { access_token } = (await issued.json()) as { access_token: string }; // by the spec
  const called = new Promise((resolve) => hanging.once('request', resolve));
  const merged = await fetch(`${apiUrl}/MSG/Webhooks`, {
    method: 'POST',
    headers: { ...headers, authorization: `Bearer ${access_token}` },
    body: JSON.stringify([{ name: 'hangs', uri: `http://127.0.0.1:${port}/`, isActive: true, events: [41] }]),
  });
  expect(merged.status).toBe(201);
  const emitted = await fetch(`${controlUrl}/emit`, { method: 'POST', body: '{"eventId":41,"assetId":105}' });
  expect(emitted.status).toBe(200);
  await called;
  const wait = fetch(`${controlUrl}/wait?eventId=41&within=300000`).catch(() => undefined);
  expect((await fetch(`${controlUrl}/ready`)).status).toBe(200);
  child.kill('SIGTERM');
  const { code, stderr } = await whole;
  expect([code, stderr]).toEqual([0, '']);
  await wait;
  hanging.closeAllConnections();
  await new Promise((resolve) => hanging.close(resolve));
});

test('reads variables, and a flag wins', async () => {
  const child = hubexMock(['serve', '--json', '--service-token', 'from-flag'], {
    HUBEX_MOCK_PORT: '0',
    HUBEX_MOCK_SERVICE_TOKEN: 'from-variable',
    HUBEX_MOCK_ASSETS: '7',
    HUBEX_MOCK_SEED: '',
    HUBEX_MOCK_ALLOW_PUBLIC_DELIVERY: 'false',
    HUBEX_MOCK_SWITCH: 'requireApplicationId=false,restoreEvent=40',
  });
  const whole = ended(child);
  const { apiUrl, serviceToken } = JSON.parse(await firstOutput(child));
  expect(serviceToken).toBe('from-flag');
  const body = JSON.stringify({ serviceToken });
  const issued = await fetch(`${apiUrl}/AUTHZ/AccessTokens`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });
  const { access_token } = (await issued.json()) as { access_token: string }; // by the spec
  const count = await fetch(`${apiUrl}/ES/Assets`, {
    method: 'HEAD',
    headers: { authorization: `Bearer ${access_token}` },
  });
  expect(count.headers.get('content-range')).toBe('items=0-0/7');
  child.kill('SIGINT');
  expect((await whole).code).toBe(0);
});

test('HUBEX_MOCK_JSON=false is no; a person then gets a banner, and deliveries on stderr without secrets', async () => {
  const child = hubexMock(['serve', '--port', '0', '--service-token', "it's-mine"], {
    HUBEX_MOCK_JSON: 'false',
    CI: '',
  });
  const whole = ended(child);
  const banner = await firstOutput(child);
  expect(banner).toContain(`-d '{"serviceToken":"it'\\''s-mine"}'`);
  const apiUrl = /API +(\S+)/.exec(banner)?.[1] ?? '';
  const headers = { 'content-type': 'application/json', 'x-application-id': '5' };
  const body = JSON.stringify({ serviceToken: "it's-mine" });
  const issued = await fetch(`${apiUrl}/AUTHZ/AccessTokens`, { method: 'POST', headers, body });
  const { access_token } = (await issued.json()) as { access_token: string }; // by the spec
  const merged = await fetch(`${apiUrl}/MSG/Webhooks`, {
    method: 'POST',
    headers: { ...headers, authorization: `Bearer ${access_token}` },
    body: JSON.stringify([{ name: 'x', uri: 'http://127.0.0.1:1/?key=secret-key', isActive: true, events: [41] }]),
  });
  expect(merged.status).toBe(201);
  const controlUrl = /Control plane +(\S+)/.exec(banner)?.[1] ?? '';
  expect((await fetch(`${controlUrl}/emit`, { method: 'POST', body: '{"eventId":41,"assetId":105}' })).status).toBe(
    200,
  );
  expect((await fetch(`${controlUrl}/settled`)).status).toBe(200);
  child.kill('SIGTERM');
  const { code, stderr } = await whole;
  expect(code).toBe(0);
  const lines = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toMatchObject([{ msg: 'delivery', deliveryId: 1, webhookId: 1, result: { kind: 'failed' } }]);
  expect(stderr).not.toMatch(/secret-key|it's-mine|eyJ/);
});

describe('one clear line and a non-zero exit', () => {
  test.each<[string[], RegExp]>([
    [['serve', '--port', '70000'], /'--port <number>'.*whole number from 0 to 65535/],
    [['serve', '--seed', 'abc'], /--seed/],
    [['serve', '--assets', '-1'], /--assets/],
    [['serve', '--log-level', 'loud'], /Allowed choices/],
    [['serve', '--prot', '1'], /unknown option '--prot'/],
    [['serve', '--switch', 'restoreEvnt=40'], /did you mean restoreEvent/],
    [['serve', '--switch', 'deliveryTimeoutMs=soon'], /deliveryTimeoutMs takes a whole number/],
    [['serve', '--port', '0x50'], /--port/],
    [['serve', '--port', ''], /--port/],
    [['serve', '--service-token', 'two words'], /--service-token/],
    [['serve', '--switch', 'restoreEvent'], /must look like restoreEvent=40/],
    [['serve', '--switch', 'restoreEvent=42'], /restoreEvent takes 41, 40, none/],
    [['serve', '--switch', 'deliveryTimeoutMs=0x10'], /deliveryTimeoutMs takes a whole number/],
    [['serve', '--host', '0.0.0.0'], /--control-token/],
    [['serve', 'now'], /too many arguments/],
    [['sevre'], /unknown command 'sevre'/],
  ])('for %j', async (args, message) => {
    const { code, stdout, stderr } = await ended(hubexMock(args));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).not.toMatch(/\bat \S+:\d+/);
  });

  test('for a variable that is neither true nor false', async () => {
    const { code, stderr } = await ended(hubexMock(['serve'], { HUBEX_MOCK_JSON: 'perhaps' }));
    expect([code, stderr]).toEqual([2, 'hubex-mock: HUBEX_MOCK_JSON must be true or false; it was "perhaps".\n']);
  });

  test('for a port in use', async () => {
    const first = hubexMock(['serve', '--port', '0', '--json']);
    const whole = ended(first);
    const { port } = new URL(JSON.parse(await firstOutput(first)).url);
    const { code, stdout, stderr } = await ended(hubexMock(['serve', '--port', port]));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      new RegExp(`^hubex-mock: Port ${port} on 127\\.0\\.0\\.1 is in use\\. Choose another .*\\n$`),
    );
    first.kill('SIGTERM');
    expect((await whole).code).toBe(0);
  });

  test('for an address this machine does not have', async () => {
    const { code, stderr } = await ended(
      hubexMock(['serve', '--port', '0', '--host', '192.0.2.7', '--control-token', 'long-secret']),
    );
    expect([code, stderr]).toEqual([
      1,
      'hubex-mock: 192.0.2.7 is no address of this machine. Choose another --host.\n',
    ]);
  });
});

test('--help shows examples and exit codes', async () => {
  const { code, stdout } = await ended(hubexMock(['serve', '--help']));
  expect(code).toBe(0);
  expect(stdout).toMatch(/Examples:[\s\S]*hubex-mock serve --port 0 --json[\s\S]*Exit codes:/);
});
