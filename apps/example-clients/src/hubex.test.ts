import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMockServer, type MockServer } from '@hubex-kit/mock-server';
import { createHubexClient, type HubexClient } from '@hubex-kit/sdk/client';
import { assetEvents } from '@hubex-kit/sdk/events';
import { createReceiver, type HubexEvent } from '@hubex-kit/sdk/receiver';
import { toNodeHandler } from '@hubex-kit/sdk/receiver/node-http';
import { afterAll, beforeAll, expect, test } from 'vitest';

// The receiver under test, as your program would have it; its inbox can be broken, which HubEx sees as 503.
const secret = '0123456789abcdef0123456789abcdef';
const received: HubexEvent[] = [];
let isBroken = false;
const store = (): void => {
  if (isBroken) throw new Error('The database is down.');
};
const receiver = createReceiver({ secrets: secret, inbox: { store }, onError: () => undefined }).on('*', (event) => {
  received.push(event);
});

let hubex: MockServer;
let client: HubexClient;
let server: Server;
let webhookId: number;

beforeAll(async () => {
  hubex = await createMockServer({ port: 0 });
  client = createHubexClient({ baseUrl: hubex.apiUrl, serviceToken: hubex.serviceToken });
  server = createServer(toNodeHandler(receiver));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  const uri = `http://127.0.0.1:${port}/hook?key=${secret}`;
  const events = assetEvents.map(({ id }) => id);
  [webhookId = 0] = await client.webhooks.merge([{ name: 'test', uri, isActive: true, events }]);
});

afterAll(async () => {
  await hubex.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Causes a 41 for each of these assets. */
const edit = (ids: readonly number[]): Promise<void> =>
  client.assets.updateMany({ assets: [...ids], scheduleRuleID: 2 });

/** Ids of the assets the receiver has heard of, each once. */
const heardOf = (): number[] => [...new Set(received.map(({ assetId }) => assetId ?? 0))];

test('a workbook of 300 rows causes a delivery of 40 for each', async () => {
  const form = new FormData();
  const workbook = process.env.HUBEX_SAMPLE ?? `${import.meta.dirname}/../../mock-server/samples/assets-300.xlsx`;
  form.set('File', new Blob([await readFile(workbook)]), 'assets.xlsx');
  const { access_token } = await fetch(`${hubex.apiUrl}/AUTHZ/AccessTokens`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ serviceToken: hubex.serviceToken }),
  }).then((reply) => reply.json() as Promise<{ access_token: string }>); // by the spec
  const headers = { Authorization: `Bearer ${access_token}`, 'X-Application-ID': '5' };
  const imported = await fetch(`${hubex.apiUrl}/IMPORT/Assets`, { method: 'POST', headers, body: form });
  expect(imported.status).toBe(202);

  const { ok } = await hubex.simulator.control.wait({ eventId: 40, count: 300, within: '30s' });
  await receiver.idle();
  expect(ok).toBe(true);
  expect(received.map(({ name }) => name)).toEqual(Array.from({ length: 300 }, () => 'asset.created'));
  expect(heardOf()).toHaveLength(300);
});

test('ten failures in a row switch the webhook off', async () => {
  isBroken = true;
  await edit(heardOf().slice(0, 10));
  expect(await hubex.simulator.control.settled({ within: '30s' })).toMatchObject({ settled: true });
  expect(await client.webhooks.get(webhookId)).toMatchObject({ isActive: false, callsRemaining: 0 });
});

test('what happens while it is off is lost', async () => {
  isBroken = false;
  await edit(heardOf().slice(10, 11));
  await hubex.simulator.control.settled({ within: '30s' });
  expect(received).toHaveLength(300);
});

test('activation brings it back', async () => {
  await client.webhooks.activate(webhookId);
  const [assetId = 0] = heardOf().slice(11);
  await edit([assetId]);
  expect(await hubex.simulator.control.wait({ eventId: 41, assetId, within: '30s' })).toMatchObject({ ok: true });
  await receiver.idle();
  expect(received.at(-1)).toMatchObject({ name: 'asset.changed', assetId });
  expect(await client.webhooks.get(webhookId)).toMatchObject({ isActive: true, callsRemaining: 10 });
});
