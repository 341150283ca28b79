import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { createHubexClient } from '@hubex-kit/sdk/client';
import { createReceiver } from '@hubex-kit/sdk/receiver';
import { toNodeHandler } from '@hubex-kit/sdk/receiver/node-http';
import { createAssetSync } from '@hubex-kit/sdk/sync';
import { openSqliteInbox } from '@hubex-kit/sdk/sync/sqlite';
import { openMirror } from './mirror.ts';

const {
  HUBEX_API_URL: baseUrl = 'http://127.0.0.1:4010/fsm',
  HUBEX_SERVICE_TOKEN: serviceToken = 'demo-service-token',
  HUBEX_WEBHOOK_SECRET: secret = '',
  PORT: port = '4020',
  DATA: folder = 'data',
} = process.env;

mkdirSync(folder, { recursive: true });
const inbox = await openSqliteInbox(`${folder}/inbox.db`);
const mirror = openMirror(`${folder}/mirror.db`);
const client = createHubexClient({ baseUrl, serviceToken });
const login = await client.call('issueAccessToken', { body: { serviceToken } });

const sync = createAssetSync({
  client,
  inbox,
  tenantId: login.data?.tenant?.id ?? 0,
  webhook: { name: 'example-sync', uri: `http://127.0.0.1:${port}/hook?key=${secret}` },
  onAsset(state) {
    const changes = mirror.put(state);
    if (changes.length > 0) print(`~ ${state.id} ${state.name ?? ''}  ${changes.join(', ')}`);
  },
  onGone(id) {
    if (mirror.remove(id)) print(`- ${id}`);
  },
  onProgress(progress) {
    if (progress.kind !== 'reconciling') print(`# ${JSON.stringify(progress)}`);
  },
});

const receiver = createReceiver({ secrets: secret, inbox });
const server = createServer(toNodeHandler(receiver)).listen(Number(port), '127.0.0.1');
await sync.start();
print(`# listening on 127.0.0.1:${port}`);

/** Leaves nothing behind: handlers that run may end, what waits stays in the inbox. */
async function stop(): Promise<void> {
  server.close();
  server.closeAllConnections();
  await sync.stop();
  await inbox.close();
  mirror.close();
}
process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
