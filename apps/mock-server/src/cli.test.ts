import { type ChildProcess, spawn } from 'node:child_process';
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

test('reads variables, and a flag wins', async () => {
  const child = hubexMock(['serve', '--json', '--service-token', 'from-flag'], {
    HUBEX_MOCK_PORT: '0',
    HUBEX_MOCK_SERVICE_TOKEN: 'from-variable',
    HUBEX_MOCK_ASSETS: '7',
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

describe('one clear line and a non-zero exit', () => {
  test.each<[string[], RegExp]>([
    [['serve', '--port', '70000'], /'--port <number>'.*whole number from 0 to 65535/],
    [['serve', '--seed', 'abc'], /--seed/],
    [['serve', '--assets', '-1'], /--assets/],
    [['serve', '--log-level', 'loud'], /Allowed choices/],
    [['serve', '--prot', '1'], /unknown option '--prot'/],
    [['serve', '--switch', 'restoreEvnt=40'], /did you mean restoreEvent/],
    [['serve', '--switch', 'deliveryTimeoutMs=soon'], /deliveryTimeoutMs takes a whole number/],
    [['sevre'], /unknown command 'sevre'/],
  ])('for %j', async (args, message) => {
    const { code, stdout, stderr } = await ended(hubexMock(args));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\bat \S+:\d+/);
  });

  test('for an address this machine does not have', async () => {
    const { code, stderr } = await ended(hubexMock(['serve', '--port', '0', '--host', '192.0.2.7']));
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
