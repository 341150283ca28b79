import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createHubexClient, type HubexClient } from '@hubex-kit/sdk/client';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** Programs run from source, as their users run them: as processes. */
function start(path: string, { args = [], env = {} }: { args?: string[]; env?: Record<string, string> }): Program {
  const flags = ['--import', 'tsx', '--conditions=@hubex-kit/source', join(import.meta.dirname, path)];
  return new Program(
    spawn(process.execPath, [...flags, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
}

class Program {
  readonly child: ChildProcess;
  readonly gone: Promise<number | null>;
  readonly lines: string[] = [];
  stderr = '';
  #look: () => void = () => undefined;

  constructor(child: ChildProcess) {
    this.child = child;
    this.gone = new Promise((resolve) => child.once('close', resolve));
    child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    createInterface({ input: child.stdout as NonNullable<ChildProcess['stdout']> }).on('line', (line) => {
      // stdout is a pipe
      this.lines.push(line);
      this.#look();
    });
  }

  /** Resolves with the first `count` lines when they are there. */
  line(count: number): Promise<readonly string[]> {
    return new Promise((resolve) => {
      this.#look = () => (this.lines.length >= count ? resolve(this.lines.slice(0, count)) : undefined);
      this.#look();
    });
  }

  stop(): Promise<number | null> {
    this.child.kill('SIGTERM');
    return this.gone;
  }
}

let hubex: Program;
let env: Record<string, string>;
let client: HubexClient;

beforeEach(async () => {
  hubex = start('../../mock-server/src/cli.ts', { args: ['serve', '--port', '0', '--json', '--tenants', 'known'] });
  const [line = ''] = await hubex.line(1);
  const { apiUrl, serviceToken } = JSON.parse(line);
  env = { HUBEX_API_URL: apiUrl, HUBEX_SERVICE_TOKEN: serviceToken, PORT: '0' };
  client = createHubexClient({ baseUrl: apiUrl, serviceToken });
});

afterEach(async () => {
  await hubex.stop();
});

test('registers with its secret in a variable, prints events with names, and leaves nothing behind', async () => {
  const receiver = start('main.ts', { args: ['--json'], env });
  const [first = ''] = await receiver.line(1);
  const { address, webhookId } = JSON.parse(first);

  const webhook = await client.webhooks.get(webhookId);
  expect(webhook).toMatchObject({ isActive: true, uri: `${address}?key=\${example_receiver_key}` });
  expect(webhook?.events?.map(({ id }) => id)).toEqual([40, 41, 42, 43, 44]);
  const secret = (await client.variables.list()).get('example_receiver_key')?.value ?? '';
  expect(Buffer.from(secret, 'base64url').byteLength).toBeGreaterThanOrEqual(16);
  expect((await fetch(`${address}?key=wrong`, { method: 'POST', body: '{}' })).status).toBe(404);

  const draft = { name: 'Котёл', companyID: 1, assetTypeID: 1, assetClassID: 1, locationID: 1 };
  const { id } = await client.assets.create(draft);
  await receiver.line(2);
  await client.assets.delete(id);
  const [, created = '', deleted = ''] = await receiver.line(3);
  expect(JSON.parse(created)).toEqual({ event: 'received', eventId: 40, assetId: id, name: 'Котёл', deleted: false });
  expect(JSON.parse(deleted)).toEqual({ event: 'received', eventId: 42, assetId: id, name: 'Котёл', deleted: true });

  expect(await receiver.stop()).toBe(0);
  expect(receiver.stderr).toBe('');
  expect(receiver.lines.join()).not.toContain(secret);
  expect(await client.webhooks.list()).toEqual([]);
});

test('takes over the webhook that an earlier run has left', async () => {
  const first = start('main.ts', { args: ['--json'], env });
  const former = JSON.parse((await first.line(1))[0] ?? '').webhookId;
  first.child.kill('SIGKILL');
  await first.gone;
  expect(await client.webhooks.list()).toHaveLength(1);
  const second = start('main.ts', { env });
  expect(await second.line(1)).toEqual([expect.stringContaining(`Webhook ${former} is registered; listening on`)]);
  const published = client.assets.list({ isPublished: true }, { pageSize: 1 });
  for await (const { id, name } of published) {
    await client.assets.unpublish(id);
    const [, line] = await second.line(2);
    expect(line).toBe(`44 ${'asset.unpublished'.padEnd(18)} ${id}  ${name}`);
    break;
  }
  expect(await second.stop()).toBe(0);
});

test('ends when HubEx has gone before it', async () => {
  const receiver = start('main.ts', { env });
  await receiver.line(1);
  await hubex.stop();
  expect(await receiver.stop()).toBe(0);
});

test('says in one line why it could not start', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as { port: number }; // it listens on a port
  for (const [change, reason] of [
    [{ HUBEX_API_URL: 'http://127.0.0.1:1/fsm' }, /could not be reached/],
    [{ HUBEX_SERVICE_TOKEN: 'wrong' }, /issueAccessToken/],
    [{ PORT: 'http' }, /PORT must be a number/],
    [{ PORT: '70000' }, /PORT must be a number from 0 to 65535|port/],
    [{ PORT: String(port) }, /EADDRINUSE/],
  ] as const) {
    const receiver = start('main.ts', { env: { ...env, ...change } });
    expect([await receiver.gone, receiver.lines]).toEqual([1, []]);
    expect(receiver.stderr).toMatch(reason);
    expect(receiver.stderr.trim().split('\n')).toHaveLength(1);
  }
  await new Promise((resolve) => taken.close(resolve));
  expect(await client.webhooks.list()).toEqual([]);
});
