import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMockServer, type MockServer } from '@hubex-kit/mock-server';
import { createHubexClient, type HubexClient } from '@hubex-kit/sdk/client';
import { openSqliteInbox } from '@hubex-kit/sdk/sync/sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { greet, keepCopy, move } from './snippets.ts';

const secret = '0123456789abcdef0123456789abcdef';
let hubex: MockServer;
let client: HubexClient;
let tenantId: number;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hubex-snippets-'));
  hubex = await createMockServer({ port: 0 });
  const { apiUrl: baseUrl, serviceToken } = hubex;
  client = createHubexClient({ baseUrl, serviceToken });
  const login = await client.call('issueAccessToken', { body: { serviceToken } });
  tenantId = login.data?.tenant?.id ?? 0;
});

afterEach(async () => {
  await hubex.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

test('what the page shows keeps a copy, and its deliveries go out as lines and come in elsewhere', async () => {
  const saved = new Map<number, string | undefined>();
  const port = await freePort();
  const { sync, close } = await keepCopy({
    ...{ client, tenantId, port, secret },
    file: join(folder, 'hubex.db'),
    uri: `http://127.0.0.1:${port}/hook?key=${secret}`,
    save: (state) => void saved.set(state.id, state.name ?? undefined),
    remove: (assetId) => void saved.delete(assetId),
  });
  await sync.idle();
  expect(saved.size).toBe(await client.assets.count());
  const other = await greet(client, {
    ...{ tenantId, file: join(folder, 'other.db') },
    sendLetter: async () => undefined,
  });
  const path = join(folder, 'records.ndjson');
  await move(sync, other, path);
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  expect(await other.counts()).toMatchObject({ records: lines.length, dirty: saved.size });
  await close();
});

test('what the page shows sends one letter for an asset, with the name of its site', async () => {
  const letters: string[] = [];
  const file = join(folder, 'hubex.db');
  const { id, parentID } = { ...(await client.assets.get(103)) };
  const inbox = await openSqliteInbox(file);
  const payload = { TenantID: tenantId, AssetID: id ?? 0, EventID: 40 } as const;
  const event = { name: 'asset.created', id: 40, tenantId, assetId: id ?? 0, payload } as const;
  for (let time = 0; time < 2; time++) await inbox.store({ kind: 'event', event, receivedAt: 1 });
  await inbox.close();
  const sync = await greet(client, {
    ...{ tenantId, file },
    sendLetter: async (asset, site) => void letters.push(`${asset} at ${site}`),
  });
  await sync.start();
  await sync.idle();
  const [asset, site] = [
    await client.assets.get(103),
    parentID == null ? undefined : await client.assets.get(parentID),
  ];
  expect(letters).toEqual([`${asset?.name} at ${site?.name ?? ''}`]);
  await sync.stop();
});
