import type { AddressInfo } from 'node:net';
import { createHubexClient } from '@hubex-kit/sdk/client';
import { createReceiver, type HubexEvent } from '@hubex-kit/sdk/receiver';
import { toExpressHandler } from '@hubex-kit/sdk/receiver/express';
import express from 'express';
import { register, storeSecret } from './register.ts';

const isJson = process.argv.includes('--json');
const {
  HUBEX_API_URL: baseUrl = 'http://127.0.0.1:4010/fsm',
  HUBEX_SERVICE_TOKEN: serviceToken = 'demo-service-token',
} = process.env;

const client = createHubexClient({ baseUrl, serviceToken });
const receiver = createReceiver({ secrets: await storeSecret(client) }).on('*', show);

const app = express();
app.use('/hubex', toExpressHandler(receiver));
const server = app.listen(Number(process.env.PORT ?? 0), '127.0.0.1', async () => {
  const { port } = server.address() as AddressInfo; // a server that listens on a port has one
  const address = `http://127.0.0.1:${port}/hubex`;
  const id = await register(client, address);
  print({ event: 'listening', address, webhookId: id }, `Webhook ${id} is registered; listening on ${address}.`);
  process.once('SIGTERM', () => void stop(id));
  process.once('SIGINT', () => void stop(id));
});

/** A delivery holds ids only: what the asset is called now, the API knows. It still answers for a deleted asset. */
async function show(event: HubexEvent): Promise<void> {
  const asset = event.assetId === null ? undefined : await client.assets.get(event.assetId);
  const name = asset?.name ?? '—';
  print(
    { event: 'received', eventId: event.id, assetId: event.assetId, name },
    `${event.id} ${event.name.padEnd(18)} ${event.assetId}  ${name}`,
  );
}

function print(line: object, text: string): void {
  process.stdout.write(`${isJson ? JSON.stringify(line) : text}\n`);
}

/** Leaves nothing behind: what is running ends, the webhook goes, the port closes. */
async function stop(webhookId: number): Promise<void> {
  await receiver.idle();
  await client.webhooks.delete(webhookId).catch(() => undefined); // HubEx may be gone already
  server.close();
  server.closeAllConnections();
}
