import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSimulator, type SavedState } from '@hubex-kit/simulator';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keepData } from './keep-data.ts';

const cli = join(import.meta.dirname, '../cli.ts');
let folder = '';
let file = '';
const children = new Set<ChildProcess>();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hubex-mock-'));
  file = join(folder, 'mock.data.json');
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  readonly api: (what: string, body?: unknown) => Promise<unknown>;
  readonly control: (what: string, body?: unknown) => Promise<Record<string, unknown>>;
}

function spawned(args: readonly string[]): { child: ChildProcess; ended: Promise<Ended>; ready: Promise<string> } {
  const command = ['--import', 'tsx', '--conditions=@hubex-kit/source', cli, 'serve', '--port', '0', '--json'];
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('HUBEX_')));
  const child = spawn(process.execPath, [...command, ...args], {
    env: { ...clean, CI: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, stderr })));
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    ended.then(({ stderr: text }) => reject(new Error(`It ended before it was ready: ${text}`)));
  });
  ready.catch(() => undefined);
  return { child, ended, ready };
}

/** A running mock whose tenants are kept in the file; `token` is the tenant that is spoken to. */
async function start(token = 'demo-service-token', args: readonly string[] = []): Promise<Running> {
  const { child, ended, ready } = spawned(['--data', file, '--assets', '30', ...args]);
  const { apiUrl, controlUrl } = JSON.parse(await ready);
  const call = async (
    url: string,
    {
      method = '',
      body,
      headers = {},
    }: { method?: string | undefined; body: unknown; headers?: Record<string, string> },
  ) => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(url, { method, headers: { 'content-type': 'application/json', ...headers }, ...init });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  const signedIn = await call(`${apiUrl}/AUTHZ/AccessTokens`, {
    method: 'POST',
    body: { serviceToken: token },
    headers: { 'x-application-id': '5' },
  });
  const headers = { 'x-application-id': '5', authorization: `Bearer ${signedIn.access_token}` };
  return {
    child,
    ended,
    api(what, body) {
      const [method, path] = what.split(' ');
      return call(`${apiUrl}${path}`, { method, body, headers });
    },
    control(what, body) {
      const [method, path] = what.split(' ');
      return call(`${controlUrl}${path}`, { method, body, headers: { 'x-hubex-mock-tenant': token } });
    },
  };
}

function asset(name: string): unknown {
  return { name, companyID: 1, assetTypeID: 3, assetClassID: 1, parentID: 101 };
}

function refused(args: readonly string[]): Promise<Ended> {
  return spawned(args).ended;
}

describe('--data', () => {
  test('keeps assets, webhooks, tenants and what is still to be delivered over a stop', {
    timeout: 60_000,
  }, async () => {
    const first = await start('another');
    await first.control('POST /clock', { mode: 'virtual' });
    await first.control('POST /switches', { deliveryRetries: 1, deliveryRetryDelayMs: 60_000 });
    // Nobody listens there: the first call fails at once, the second is still to come.
    const hook = { name: 'h', uri: 'http://127.0.0.1:9/h', isActive: true, events: [40] };
    const [webhookId] = (await first.api('POST /MSG/Webhooks', [hook])) as number[]; // the ids
    const { id } = (await first.api('POST /ES/Assets', asset('Лифт'))) as { id: number }; // the asset's
    await first.control('POST /clock/advance', { by: '1s' });
    first.child.kill('SIGTERM');
    expect(await first.ended).toEqual({ code: 0, stderr: '' });
    expect(readdirSync(folder)).toEqual(['mock.data.json']);
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const second = await start('another');
    expect(await second.api(`GET /ES/Assets/${id}`)).toMatchObject({ name: 'Лифт' });
    expect(await second.api('GET /MSG/Webhooks')).toMatchObject({ [String(webhookId)]: { callsRemaining: 9 } });
    expect(await second.control('GET /tenants')).toMatchObject({ total: 2 });
    expect(await second.control('GET /deliveries')).toMatchObject({ items: [{ state: 'pending', assetId: id }] });
    await second.control('POST /clock/advance', { by: '2m' });
    expect(await second.control('GET /deliveries')).toMatchObject({
      items: [{ state: 'failed', attempts: [{}, {}] }],
    });
    second.child.kill('SIGTERM');
    expect(await second.ended).toEqual({ code: 0, stderr: '' });
  });

  test('a crash at any point leaves a file that loads and is at most two seconds old', {
    timeout: 180_000,
  }, async () => {
    const acknowledged: { readonly id: number; readonly at: number }[] = [];
    let killed = 0;
    for (let round = 0; round < 15; round++) {
      const mock = await start();
      await expectKept(mock, { acknowledged, killed });
      let isGone = false;
      void mock.ended.then(() => (isGone = true));
      const kill = (): void => {
        killed ||= Date.now();
        mock.child.kill('SIGKILL');
      };
      killed = 0;
      // Even rounds: some moments after a write began. Odd ones: after some number of changes, wherever the writing is.
      const moments = (round * 37) % 60;
      const most = 40 + ((round * 397) % 900);
      const watcher = watch(folder, (_event, name) => {
        if (round % 2 === 0 && name?.endsWith('.tmp')) after(moments, kill);
      });
      for (let change = 0; !isGone; change++) {
        if (round % 2 === 1 && change >= most) kill();
        try {
          const { id } = (await mock.api('POST /ES/Assets', asset(`Лифт ${round} ${change}`))) as { id: number }; // the asset's
          acknowledged.push({ id, at: Date.now() });
        } catch {
          await mock.ended;
        }
      }
      watcher.close();
    }
    const last = await start();
    await expectKept(last, { acknowledged, killed });
    last.child.kill('SIGTERM');
    expect((await last.ended).code).toBe(0);
    expect(readdirSync(folder)).toEqual(['mock.data.json']);
  });

  test('refuses a file that a running mock has, and takes over the lock of one that crashed', {
    timeout: 60_000,
  }, async () => {
    const first = await start();
    const { code, stderr } = await refused(['--data', file]);
    expect([code, stderr]).toEqual([
      1,
      `hubex-mock: ${file} is in use by another mock (process ${first.child.pid}). Stop it or name another file; if there is none, remove ${file}.lock.\n`,
    ]);
    first.child.kill('SIGKILL');
    await first.ended;
    const second = await start();
    expect(readFileSync(`${file}.lock`, 'utf8')).toBe(String(second.child.pid));
  });

  test('refuses a file it cannot use with one line and leaves it as it is', { timeout: 60_000 }, async () => {
    const first = await start();
    first.child.kill('SIGTERM');
    await first.ended;
    const good = readFileSync(file, 'utf8');
    const bad: readonly (readonly [string, string])[] = [
      ['', 'is damaged: it is empty'],
      ['not JSON: demo-service-token', 'is damaged: its 28 characters are no whole JSON'],
      [good.slice(0, good.length / 2), 'is damaged: its'],
      [good.replace('"version":2', '"version":1'), 'cannot be used. Its version is 1; this mock understands 2'],
      [good.replace('"webhooks":[]', '"webhooks":7'), 'cannot be used. It is damaged: tenants[0].content.webhooks'],
      ['{"format":"other"}', 'cannot be used. It is no state of the mock'],
    ];
    for (const [text, found] of bad) {
      writeFileSync(file, text);
      const { code, stderr } = await refused(['--data', file]);
      expect([code, stderr.split('\n').length, stderr]).toEqual([1, 2, expect.stringContaining(`${file} ${found}`)]);
      expect(stderr).not.toContain('demo-service-token');
      expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual([text, ['mock.data.json']]);
    }
  });

  test('refuses a file that cannot be written, one it may not make and a folder', { timeout: 60_000 }, async () => {
    mkdirSync(file);
    const places = [file, join(folder, 'no', 'such.json'), join(import.meta.filename, 'below-a-file.json')];
    for (const place of places) {
      const { code, stderr } = await refused(['--data', place]);
      expect([code, stderr]).toEqual([1, expect.stringMatching(/^hubex-mock: \/\S+ cannot be (read|written): .*\n$/)]);
    }
  });
});

/** Everything that was acknowledged two seconds before the crash or earlier is there. */
async function expectKept(
  mock: Running,
  { acknowledged, killed }: { acknowledged: { readonly id: number; readonly at: number }[]; killed: number },
): Promise<void> {
  const state = JSON.parse(readFileSync(file, 'utf8'));
  expect(state.tenants).toHaveLength(1);
  const kept = new Set<number>(state.tenants[0].content.assets.map(({ id }: { id: number }) => id));
  const lost = acknowledged.filter(({ id }) => !kept.has(id));
  expect(lost.filter(({ at }) => at <= killed - 2000)).toEqual([]);
  // Ids are given anew after a crash: what is lost must not count as kept in the next round.
  acknowledged.splice(
    0,
    acknowledged.length,
    ...acknowledged.filter(({ id }) => kept.has(id)).map(({ id }) => ({ id, at: 0 })),
  );
  const newest = acknowledged.at(-1);
  if (newest) expect(await mock.api(`GET /ES/Assets/${newest.id}`)).toMatchObject({ id: newest.id });
}

/** Runs something some turns of the event loop later. */
function after(turns: number, run: () => void): void {
  if (turns <= 0) run();
  else setImmediate(() => after(turns - 1, run));
}

test('at a stop no call is made that the file does not know of', async () => {
  let calls = 0;
  const simulator = createSimulator({
    assets: 30,
    switches: { deliveryConcurrency: 8 },
    async deliver() {
      calls++;
      await new Promise((resolve) => setImmediate(resolve));
      return { kind: 'answered', status: 204 };
    },
  });
  const kept = await keepData(simulator, { file, onError: (error) => expect.fail(String(error)) });
  simulator.control.subscribe({ uri: 'http://127.0.0.1/hook' });
  for (let count = 0; count < 5_000; count++) simulator.control.emit({ eventId: 41, assetId: 101 });
  while (calls < 100) await new Promise((resolve) => setImmediate(resolve));
  await kept.stop(() => simulator.close());
  const made = calls;
  const { tenants } = JSON.parse(readFileSync(file, 'utf8')) as SavedState;
  const left = tenants[0]?.outbox.lanes[0]?.items.length ?? 0;
  // Those under way when it stopped are made again; every other one is either over or still to be made.
  expect(left).toBeGreaterThan(0);
  expect(made - (5_000 - left)).toBeLessThanOrEqual(8);
});
