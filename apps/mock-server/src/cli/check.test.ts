import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { localhostCertificate } from '../../test/localhost-certificate.ts';
import { addCheckCommand } from './check-command.ts';

const cli = join(import.meta.dirname, '../cli.ts');
const secret = 'Zm9yLXRlc3RzLW9ubHktMTI4Yml0';
let server: Server;
let good: string;
let bad: string;
let folder: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const { url = '' } = request;
    request.resume();
    const status = url.endsWith(secret) ? (url.startsWith('/bad') ? 500 : 204) : 404;
    request.on('end', () => response.writeHead(status).end(status === 500 ? `cannot POST ${url}` : ''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  good = `http://localhost:${port}/good?key=${secret}`;
  bad = `http://127.0.0.1:${port}/bad?key=${secret}`;
  folder = mkdtempSync(join(tmpdir(), 'hubex-check-'));
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command in a process of its own, run from its source. */
function spawned(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=@hubex-kit/source', cli, 'check', ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
}

/** The same without a process: starting one takes far longer than most checks. */
async function run(args: readonly string[]): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      said[name] += String(text);
      return true;
    }),
  );
  let code = 0;
  const program = new Command().exitOverride();
  addCheckCommand(program, (exitCode) => {
    code = exitCode;
  });
  try {
    await program.parseAsync(['check', ...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    code = 2;
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return { code, ...said };
}

afterEach(() => vi.unstubAllEnvs());

test('a good receiver gets a scorecard without colours or secret, and exit code 0', async () => {
  const { code, stdout, stderr } = await spawned([good, '--only', 'deliveries,strangers', '--skip', 'stranger-early']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(
    /^\n {2}Receiver check of http:\/\/localhost:\d+\/good\?key=\*\*\*\n {2}The secret is taken from query parameter key\.\n/,
  );
  expect(stdout).toMatch(/✔ event-40 .*\n[\s\S]*Ready for HubEx[\s\S]*\n14 passed, 0 failed\n$/);
  expect(stdout).not.toMatch(new RegExp(`\u001B|${secret}`));
});

test('a bad one gets exit code 1, and what to fix; its answers are not repeated', async () => {
  const { code, stdout } = await spawned([bad, '--only', 'event-40,no-secret']);
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /✖ event-40 .* MUST\n +found event 40: answered 500\n +why {3}.*\(B140.*\n?.*\n +fix {3}Answer 200 or 204/,
  );
  expect(stdout).toMatch(/✖ no-secret .* MUST\n +found the answer to event 40 holds it/);
  expect(stdout).toMatch(/\n0 passed, 2 failed\n$/);
  expect(stdout).not.toContain(secret);
});

test('--json prints one document, --junit writes a file, and neither holds the secret', async () => {
  const junit = join(folder, 'report.xml');
  const { code, stdout } = await run([bad, '--only', 'event-40,wrong-secret', '--json', '--junit', junit]);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    url: expect.stringMatching(/bad\?key=\*\*\*$/),
    secretIn: 'query parameter key',
    startedAt: expect.any(String),
    ms: expect.any(Number),
    summary: { passed: 1, mustFailed: 1, shouldFailed: 0, infoFailed: 0, skipped: 0, notRun: 0, exitCode: 1 },
    checks: [
      expect.objectContaining({
        id: 'event-40',
        group: 'deliveries',
        severity: 'must',
        outcome: 'failed',
        text: 'event 40: answered 500',
      }),
      expect.objectContaining({ id: 'wrong-secret', outcome: 'passed', text: null, ledger: ['B146'] }),
    ],
  });
  const xml = readFileSync(junit, 'utf8');
  expect(xml).toContain('tests="2" failures="1" errors="0" skipped="0"');
  expect(stdout + xml).not.toContain(secret);
});

test('over TLS the certificate is checked', async () => {
  const tls = createTlsServer(localhostCertificate, (request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(204).end());
  });
  await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
  const { port } = tls.address() as AddressInfo; // it listens on a port
  const args = [`https://localhost:${port}/hook?key=${secret}`, '--only', 'event-40'];
  const distrusted = await run(args);
  expect([distrusted.code, distrusted.stderr]).toEqual([
    3,
    expect.stringMatching(/certificate is not trusted .*NODE_EXTRA_CA_CERTS/),
  ]);
  const file = join(folder, 'ca.pem');
  writeFileSync(file, localhostCertificate.cert);
  const trusted = await spawned(args, { NODE_EXTRA_CA_CERTS: file });
  expect([trusted.code, trusted.stderr]).toEqual([0, '']);
  tls.closeAllConnections();
  await new Promise((resolve) => tls.close(resolve));
});

test('the address may come from a variable, so that it stands in no list of processes', async () => {
  vi.stubEnv('HUBEX_MOCK_CHECK_URL', good);
  const { code, stdout } = await run(['--only', 'event-44']);
  expect([code, stdout.trim().split('\n').at(-1)]).toEqual([0, '1 passed, 0 failed']);
});

test('--list shows the checks and calls nobody', async () => {
  const { code, stdout } = await run(['--list', '--only', 'storm']);
  expect([code, stdout.split('\n').map((line) => line.split(/\s+/).slice(0, 2).join(' '))]).toEqual([
    0,
    ['storm must', 'storm-pace should', 'still-there must', ''],
  ]);
  const json = await run(['--list', '--json', '--only', 'storm-pace']);
  expect(JSON.parse(json.stdout)).toEqual([expect.objectContaining({ id: 'storm-pace', fix: expect.any(String) })]);
});

describe('one clear line for', () => {
  test.each<[string, number, string[], RegExp]>([
    ['no address', 2, [], /^hubex-mock: Which receiver\?/],
    ['an address that is none', 2, ['localhost:3000/hook'], /^hubex-mock: The address starts with localhost:/],
    [
      'a public address',
      2,
      ['http://192.0.2.7/hook?key=geheim'],
      /^hubex-mock: 192\.0\.2\.7 is neither loopback nor private.*--allow-host 192\.0\.2\.7\n$/,
    ],
    [
      'a check there is not',
      2,
      ['http://127.0.0.1:1/', '--only', 'evnet-40'],
      /^hubex-mock: There is no check evnet-40; did you mean event-40\?/,
    ],
    ['a number out of bounds', 2, ['http://127.0.0.1:1/', '--storm', '0'], /--storm.*whole number from 1 to 100000/],
    [
      'a parameter the address has not',
      2,
      ['http://127.0.0.1:1/?key=geheim', '--secret-parameter', 'token'],
      /no parameter token; it has key/,
    ],
    [
      'nobody there',
      3,
      ['http://127.0.0.1:1/hook?key=geheim'],
      /^hubex-mock: 127\.0\.0\.1:1 cannot be reached: nobody listens there/,
    ],
  ])('%s', async (_, expected, args, message) => {
    const { code, stdout, stderr } = await run(args);
    expect([code, stdout]).toEqual([expected, '']);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain('geheim');
  });

  test('a JUnit file that cannot be written', async () => {
    const { code, stderr } = await run([good, '--only', 'event-40', '--junit', join(folder, 'none/report.xml')]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^hubex-mock: The JUnit file could not be written: ENOENT.*\n$/),
    ]);
  });
});

test('with --json an error is JSON as well', async () => {
  const { code, stdout } = await run(['http://127.0.0.1:1/hook?key=geheim', '--json']);
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toEqual({ version: 1, error: { code: 'check/unreachable', message: expect.any(String) } });
});

test('--help shows examples and exit codes', async () => {
  const { code, stdout } = await spawned(['--help']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/Examples:[\s\S]*Exit codes: 0 every must holds/);
});
