import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createHubexClient, type HubexClient } from '@hubex-kit/sdk/client';
import Database from 'libsql';
import { deliveriesOf } from './deliveries-of.ts';
import { importAssets } from './import-workbooks.ts';

// A mass import of 10,000 assets, five workbooks of 2,000 rows, while the example is killed twice and HubEx switches its webhook off:
//   node apps/example-sync/dist/survive.js [assets] [--json]
const assets = Number(process.argv.slice(2).find((arg) => /^\d+$/.test(arg)) ?? 10_000);
const isJson = process.argv.includes('--json');
const folder = mkdtempSync(join(tmpdir(), 'hubex-survive-'));
const children: ChildProcess[] = [];
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const facts = {
  assets,
  rowsPerSecond: 0,
  kills: 0,
  switchedOff: 0,
  restored: 0,
  compared: 0,
  events: 0,
  delivered: 0,
  failed: 0,
  wrong: 0,
};

/** Starts a program of ours and resolves with the first line that fits; further lines go to `onLine`. */
function start(
  file: string,
  options: {
    readonly args?: readonly string[];
    readonly env?: Record<string, string>;
    readonly until: RegExp;
    readonly onLine?: (line: string) => void;
  },
): Promise<{ readonly child: ChildProcess; readonly line: string }> {
  const child = spawn(process.execPath, [file, ...(options.args ?? [])], {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it was ready.`)));
    createInterface({ input: child.stdout as NonNullable<ChildProcess['stdout']> }).on('line', (line) => {
      // stdout is a pipe
      if (options.until.test(line)) resolve({ child, line });
      options.onLine?.(line);
    });
  });
}

function kill(child: ChildProcess): Promise<void> {
  facts.kills++;
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Waits for something to become true, a second between looks, at most `seconds`. */
async function until(what: string, seconds: number, isTrue: () => Promise<boolean>): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    if (await isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error(`After ${seconds} s it is still not so that ${what}.`);
}

const say = (text: string): void => void (isJson || process.stdout.write(`${text}\n`));

async function run(): Promise<void> {
  const mock = createRequire(import.meta.url).resolve('@hubex-kit/mock-server/package.json');
  const { line } = await start(join(mock, '../dist/cli.js'), {
    args: ['serve', '--port', '0', '--json'],
    until: /^\{/,
  });
  const origin = new URL(String(Object.values(JSON.parse(line)).find((value) => /^http:/.test(String(value))))).origin;
  const baseUrl = `${origin}/fsm`;
  // The one who works in HubEx is not bound by the limit the mirror keeps.
  const client = createHubexClient({ baseUrl, serviceToken: 'demo-service-token', rateLimit: false });
  const env = {
    HUBEX_API_URL: baseUrl,
    HUBEX_WEBHOOK_SECRET: randomBytes(24).toString('base64url'),
    PORT: String(await freePort()),
    DATA: folder,
  };
  const main = join(import.meta.dirname, 'main.js');
  const onLine = (text: string): void => {
    const [, document] = /^# (\{.*\})$/.exec(text) ?? [];
    const progress = document === undefined ? undefined : JSON.parse(document);
    if (progress?.kind === 'reconciled') facts.compared++;
    if (progress?.diagnosis?.treatment === 'reactivated') facts.restored++;
  };
  const boot = async (): Promise<ChildProcess> => (await start(main, { env, until: /^# listening/, onLine })).child;

  let example = await boot();
  say(`The example mirrors ${baseUrl}; ${await client.assets.count()} assets at first.`);
  const fifth = async (): Promise<void> => {
    milliseconds += await importAssets(client, Math.round(assets / 5));
    facts.rowsPerSecond = Math.round((1_000 * ++fifths * Math.round(assets / 5)) / milliseconds);
  };
  let [milliseconds, fifths] = [0, 0];
  /** Resolves when so many events have reached the example. */
  const delivered = async (count: number): Promise<void> =>
    until(`${count} events are delivered`, 60, async () => (await deliveriesOf(origin, 'delivered')) >= count);
  const isActive = async (): Promise<boolean> => (await client.webhooks.list()).every((webhook) => webhook.isActive);
  await fifth();
  await delivered(Math.round(assets / 10));
  await kill(example);
  say('Killed the example (SIGKILL) amid the events of the first of five workbooks.');
  await fifth();
  await until('HubEx has switched the webhook off', 60, async () => !(await isActive()));
  facts.switchedOff++;
  say('HubEx has switched the webhook off after ten failures; the import goes on.');
  await fifth();
  example = await boot();
  await until('the webhook is switched on again', 60, isActive);
  await fifth();
  await delivered((await deliveriesOf(origin, 'delivered')) + Math.round(assets / 20));
  await kill(example);
  say('Killed it a second time while it was catching up.');
  await fifth();
  await mixedChanges(client);
  example = await boot();
  say('It is back; waiting until the mirror is what the API says.');
  await until('the mirror equals the API', 240, async () => (await differences(client)) === 0);
  facts.wrong = await differences(client);
  facts.events = await deliveriesOf(origin);
  facts.delivered = await deliveriesOf(origin, 'delivered');
  facts.failed = facts.events - facts.delivered;
  await new Promise<void>((resolve) => {
    example.once('exit', () => resolve());
    example.kill('SIGTERM');
  });
}

async function mixedChanges(client: HubexClient): Promise<void> {
  const ids: number[] = [];
  for await (const { id } of client.assets.list({}, { pageSize: 10_000 })) ids.push(id);
  const recent = ids.slice(-100);
  await client.assets.updateMany({ assets: recent.slice(0, 50), companyID: 2 });
  await client.assets.delete(recent.slice(50, 90));
}

/** Assets whose mirrored name, company or existence is not the API's. */
async function differences(client: HubexClient): Promise<number> {
  const database = new Database(join(folder, 'mirror.db'), { readonly: true });
  try {
    const rows = database.prepare('SELECT id, state FROM assets').all() as { id: number; state: string }[]; // the columns asked for
    const mirrored = new Map(rows.map(({ id, state }) => [id, JSON.parse(state)]));
    let wrong = 0;
    for await (const { id, name, company, published } of client.assets.list({}, { pageSize: 10_000 })) {
      const mine = mirrored.get(id);
      mirrored.delete(id);
      if (!mine || mine.name !== name || mine.company?.id !== company?.id || mine.published !== published) wrong++;
    }
    return wrong + mirrored.size;
  } finally {
    database.close();
  }
}

try {
  await run();
  if (isJson) process.stdout.write(`${JSON.stringify(facts)}\n`);
  else
    say(`\nimported ${facts.assets} (${facts.rowsPerSecond} rows/s)  killed ${facts.kills} times  switched off ${facts.switchedOff}  restored ${facts.restored}  compared ${facts.compared}
events ${facts.events}  delivered ${facts.delivered}  failed or never sent ${facts.failed}
assets that differ between mirror and API: ${facts.wrong}`);
  process.exitCode = facts.wrong === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`survive: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  for (const child of children) child.kill('SIGTERM');
}
