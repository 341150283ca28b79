import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const cli = join(import.meta.dirname, 'cli.ts');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hubex-mock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** `hubex-mock serve` run from its source, on any free port. */
function serve(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  const command = ['--import', 'tsx', '--conditions=@hubex-kit/source', cli, 'serve', '--port', '0', ...args];
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('HUBEX_')));
  return spawn(process.execPath, command, { env: { ...clean, CI: 'true', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
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

function firstOutput(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString())));
}

function config(text: string): string {
  const file = join(folder, 'hubex-mock.yaml');
  writeFileSync(file, text);
  return file;
}

/** A command that prints an expression of its environment. */
function print(expression: string): string {
  return `"${process.execPath}" -p "${expression}"`;
}

describe('--exec', () => {
  test('runs a command against the server, prints nothing of its own and hands on the exit code', async () => {
    const script = join(folder, 'script.mjs');
    writeFileSync(
      script,
      `const { HUBEX_CONTROL_URL, HUBEX_API_URL, HUBEX_SERVICE_TOKEN, HUBEX_TENANT_ID, HUBEX_CONTROL_TOKEN, HUBEX_URL } = process.env;
       const ready = await fetch(HUBEX_CONTROL_URL + '/ready');
       console.log(JSON.stringify([ready.status, HUBEX_API_URL === HUBEX_URL + '/fsm', HUBEX_SERVICE_TOKEN, HUBEX_TENANT_ID, HUBEX_CONTROL_TOKEN]));
       process.exitCode = 7;`,
    );
    const command = `"${process.execPath}" "${script}"`;
    const child = serve(['--service-token', 'mine', '--control-token', 'long-secret', '--exec', command]);
    const { code, stdout, stderr } = await ended(child);
    expect([code, stderr]).toEqual([7, '']);
    expect(JSON.parse(stdout)).toEqual([200, true, 'mine', '105', 'long-secret']);
  });

  test('passes a signal on to the command and waits for what it makes of it', async () => {
    const script = join(folder, 'script.mjs');
    writeFileSync(
      script,
      `process.on('SIGTERM', () => { console.log('told'); process.exit(9); });
       setInterval(() => undefined, 1000);
       console.log('waiting');`,
    );
    const child = serve(['--exec', `"${process.execPath}" "${script}"; exit $?`]);
    const whole = ended(child);
    expect(await firstOutput(child)).toBe('waiting\n');
    child.kill('SIGTERM');
    const { stdout } = await whole;
    expect(stdout).toBe('waiting\ntold\n');
  });

  test('answers 128 and the number of the signal that ended the command', async () => {
    const { code } = await ended(serve(['--exec', `kill -TERM $$`]));
    expect(code).toBe(143);
  });

  test('answers 127 for a command that does not exist', async () => {
    const { code } = await ended(serve(['--exec', 'no-such-command-here']));
    expect(code).toBe(127);
  });
});

test('--ready-file holds the ready line when it is there, and nothing is left beside it', async () => {
  const file = join(folder, 'ready.json');
  const child = serve(['--json', '--ready-file', file]);
  const whole = ended(child);
  const line = await firstOutput(child);
  expect(readFileSync(file, 'utf8')).toBe(line);
  expect(JSON.parse(line)).toMatchObject({ event: 'ready', tenantId: 105 });
  expect(readdirSync(folder)).toEqual(['ready.json']);
  child.kill('SIGTERM');
  expect(await whole).toMatchObject({ code: 0 });
});

test('a ready file that cannot be written ends the server with one line', async () => {
  const { code, stderr } = await ended(serve(['--ready-file', join(folder, 'no', 'such', 'ready.json')]));
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^hubex-mock: ENOENT.*\n$/)]);
});

describe('--config', () => {
  test('gives settings; a variable wins over it and a flag over both', async () => {
    const file = config('serviceToken: from-file\nassets: 7\nseed: 5\nswitches:\n  requireApplicationId: false\n');
    const show = 'process.env.HUBEX_SERVICE_TOKEN';
    const args = ['--config', file, '--exec', print(show)];
    expect(await ended(serve(args))).toMatchObject({ code: 0, stdout: 'from-file\n', stderr: '' });
    expect(await ended(serve(args, { HUBEX_MOCK_SERVICE_TOKEN: 'from-variable' }))).toMatchObject({
      stdout: 'from-variable\n',
    });
    expect(
      await ended(serve([...args, '--service-token', 'from-flag'], { HUBEX_MOCK_SERVICE_TOKEN: 'from-variable' })),
    ).toMatchObject({ stdout: 'from-flag\n' });
  });

  test('with a mistake ends with one clear line', async () => {
    const { code, stdout, stderr } = await ended(serve(['--config', config('serviceTokn: x')]));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^hubex-mock: \S+: there is no setting serviceTokn; did you mean serviceToken\? Known: port, .*\n$/,
    );
  });
});
