import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { createSimulator } from '@hubex-kit/simulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSqliteInbox } from '../inbox/sqlite-inbox.ts';
import { readArguments } from './arguments.ts';
import { help } from './help.ts';
import { run as runCommand } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'hubex-cli-'));
const inboxFile = join(folder, 'inbox.db');
const sim = createSimulator({ assets: 12 });
const { serviceToken } = sim.control.info;
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const init = {
    method: request.method ?? 'GET',
    headers: request.headers as Record<string, string>,
    ...(body.length > 0 && { body }),
  };
  const answer = await sim.fetch(new Request(`http://127.0.0.1${request.url}`, init));
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()));
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, as main.ts does. */
async function run(args: readonly string[], environment: Record<string, string> = {}): Promise<Result> {
  const { port } = server.address() as AddressInfo; // it listens
  let [out, err] = ['', ''];
  const stderr = new Writable({
    write(chunk, _, next) {
      err += chunk;
      next();
    },
  });
  const write = (text: string): void => {
    out += text;
  };
  const code = await runCommand(args, {
    environment: {
      HUBEX_SERVICE_TOKEN: serviceToken,
      HUBEX_BASE_URL: `http://127.0.0.1:${port}/fsm`,
      HUBEX_INBOX: inboxFile,
      ...environment,
    },
    stdout: { write },
    stderr,
    signal: AbortSignal.any([]),
  });
  return { code, out, err };
}

test('runs as a program of its own, with its exit code', async () => {
  const main = join(import.meta.dirname, 'main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=@hubex-kit/source', main, 'docter']);
  let err = '';
  child.stderr.on('data', (text) => (err += text));
  expect([await new Promise((resolve) => child.once('close', resolve)), err]).toEqual([
    2,
    expect.stringMatching(/did you mean doctor/),
  ]);
}, 60_000);

test('the examples of the help and of the pages are command lines it takes', () => {
  const root = join(import.meta.dirname, '../../../..');
  const pages = ['en', 'ru'].map((language) => readFileSync(join(root, `docs/${language}/integrate/sync.md`), 'utf8'));
  const lines = [...Object.values(help), ...pages].flatMap(
    (text) => text.match(/^(?: {2}|npx )hubex-sync .+$/gm) ?? [],
  );
  expect(lines.length).toBeGreaterThan(15);
  for (const line of lines) {
    const [, ...args] = line.trim().replace(/^npx /, '').replaceAll("'", '').split(' ');
    expect(readArguments(args).command, line).toBeTypeOf('string');
  }
});

describe('hubex-sync', () => {
  test('explains itself, each command with examples', async () => {
    const pages = await Promise.all(
      [[], ['doctor'], ['reconcile'], ['replay'], ['inbox']].map((args) => run([...args, '--help'])),
    );
    for (const { code, out, err } of pages)
      expect([code, err, /Examples/.test(out), /Exit codes/.test(out)]).toEqual([0, '', true, true]);
  });

  test.each<[readonly string[], Record<string, string>, RegExp]>([
    [['docter'], {}, /did you mean doctor\?/],
    [['inbox', '--limits', '3'], {}, /Did you mean --limit\?/],
    [['inbox', '--limit', 'ten'], {}, /--limit must be a whole number; it was ten/],
    [['replay', '--since', 'yesterday'], {}, /--since must be a time such as/],
    [['doctor'], {}, /--webhook NAME/],
    [['doctor', '--webhook', 'mirror'], { HUBEX_SERVICE_TOKEN: '' }, /HUBEX_SERVICE_TOKEN is not set/],
  ])('refuses %j with exit code 2 and the way out', async (args, environment, message) => {
    const { code, out, err } = await run(args, environment);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });

  test('doctor says that there is no webhook, registers it, and finds it well', async () => {
    const missing = await run(['doctor', '--webhook', 'mirror']);
    expect([missing.code, missing.out]).toEqual([1, expect.stringMatching(/no webhook named mirror/)]);
    const made = await run(['doctor', '--webhook', 'mirror', '--uri', 'http://127.0.0.1:9/hook?key=very-secret']);
    expect([made.code, made.out]).toEqual([0, expect.stringMatching(/was registered; 10 of 10 calls left/)]);
    const well = await run(['doctor', '--webhook', 'mirror', '--json']);
    expect([well.code, JSON.parse(well.out)]).toEqual([
      0,
      expect.objectContaining({ webhook: 'mirror', isActive: true, callsRemaining: 10 }),
    ]);
    expect(`${made.out}${made.err}${well.out}`).not.toMatch(/very-secret/);
    expect(`${made.out}${made.err}${well.out}`).not.toContain(serviceToken);
  });

  test('reconcile counts with --dry-run and puts the differences into the inbox without', async () => {
    const dry = await run(['reconcile', '--dry-run', '--json']);
    expect([dry.code, JSON.parse(dry.out)]).toEqual([
      1,
      expect.objectContaining({ total: 12, added: 12, dryRun: true }),
    ]);
    expect(JSON.parse((await run(['inbox', '--json'])).out)).toMatchObject({ dirty: 0 });
    const real = await run(['reconcile']);
    expect([real.code, real.out]).toEqual([0, expect.stringMatching(/12 not in the copy.*\n.*works them off/)]);
    const inbox = await run(['inbox']);
    expect(inbox.out).toMatch(/12 assets wait, the oldest for \d+ s/);
  });

  test('replay marks what fits, and inbox shows quarantine', async () => {
    const inbox = await openSqliteInbox(inboxFile);
    await inbox.store({ kind: 'junk', reason: 'not JSON', text: '<html>', receivedAt: Date.now() });
    await inbox.close();
    expect((await run(['replay', '--asset', '101', '--since', '1h', '--dry-run'])).out).toMatch(
      /1 assets would be read anew/,
    );
    expect((await run(['replay', '--asset', '101', '--json'])).out).toMatch(/"assets":1/);
    expect((await run(['inbox'])).out).toMatch(/1 bodies are in quarantine:\n.*not JSON.*<html>/);
  });
});
