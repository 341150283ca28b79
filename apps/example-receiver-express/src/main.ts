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
  PORT: port = '0',
  // A mock has no limit of calls. With HubEx's 60 a minute the names of 300 imported assets take five minutes: mirror them with sync instead.
  HUBEX_RATE_LIMIT: rateLimit = 'on',
} = process.env;

try {
  await run();
} catch (error) {
  // Nothing runs yet that could be lost; whoever started us needs the reason, not the stack.
  process.stderr.write(`example receiver: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  if (!/^\d{1,5}$/.test(port)) throw new Error(`PORT must be a number from 0 to 65535; it was ${port}.`);
  const client = createHubexClient({ baseUrl, serviceToken, ...(rateLimit === 'off' ? { rateLimit: false } : {}) });

  /** A delivery holds ids only: what the asset is called now, the API knows. It still answers for a deleted one. */
  const show = async (event: HubexEvent): Promise<void> => {
    const asset = event.assetId === null ? undefined : await client.assets.get(event.assetId);
    const [name, deleted] = [asset?.name ?? '—', asset?.deleted != null];
    print(
      { event: 'received', eventId: event.id, assetId: event.assetId, name, deleted },
      `${event.id} ${event.name.padEnd(18)} ${event.assetId}  ${name}${deleted ? ' (deleted)' : ''}`,
    );
  };

  const receiver = createReceiver({ secrets: await storeSecret(client) }).on('*', show);
  const app = express();
  app.use('/hubex', toExpressHandler(receiver));
  const server = await new Promise<ReturnType<typeof app.listen>>((resolve, reject) => {
    const opened = app.listen(Number(port), '127.0.0.1', (error) => (error ? reject(error) : resolve(opened)));
  });
  const bound = server.address() as AddressInfo; // a server that listens on a port has one
  const address = `http://127.0.0.1:${bound.port}/hubex`;
  const id = await register(client, address).catch((error: unknown) => {
    server.close();
    throw error;
  });
  print({ event: 'listening', address, webhookId: id }, `Webhook ${id} is registered; listening on ${address}.`);

  /** Leaves nothing behind: no new deliveries, what is running ends, the port closes. */
  const stop = async (): Promise<void> => {
    await client.webhooks.delete(id).catch(() => undefined); // HubEx may be gone already
    await receiver.idle();
    server.close();
    server.closeAllConnections();
  };
  process.once('SIGTERM', () => void stop());
  process.once('SIGINT', () => void stop());
}

function print(line: object, text: string): void {
  process.stdout.write(`${isJson ? JSON.stringify(line) : text}\n`);
}
