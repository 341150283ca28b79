import { createServer } from 'node:http';
import { createHubexClient } from '@hubex-kit/sdk/client';
import { createReceiver } from '@hubex-kit/sdk/receiver';
import { toNodeHandler } from '@hubex-kit/sdk/receiver/node-http';

const { HUBEX_SERVICE_TOKEN = '', HUBEX_WEBHOOK_SECRET = '' } = process.env;

const client = createHubexClient({ serviceToken: HUBEX_SERVICE_TOKEN });
const receiver = createReceiver({ secrets: HUBEX_WEBHOOK_SECRET }).on('*', async ({ name, assetId }) => {
  const asset = assetId === null ? undefined : await client.assets.get(assetId);
  process.stdout.write(`${name} ${assetId} ${asset?.name ?? ''} ${asset?.deleted ? 'deleted' : 'present'}\n`);
});

createServer(toNodeHandler(receiver)).listen(3000);
