import { randomBytes } from 'node:crypto';
import type { HubexClient } from '@hubex-kit/sdk/client';
import { assetEvents } from '@hubex-kit/sdk/events';

const name = 'Пример приёмника (Express)';
const variable = 'example_receiver_key';

/** A secret of 192 bits. It lives in a tenant variable, so that the webhook's record shows only ${example_receiver_key}. */
export async function storeSecret(client: HubexClient): Promise<string> {
  const secret = randomBytes(24).toString('base64url');
  const entry = { name: variable, value: secret, description: 'Секрет примера приёмника' };
  const variables = await client.variables.list();
  if (variables.has(variable)) await client.variables.update([entry]);
  else await client.variables.create([entry]);
  return secret;
}

/** Registers the webhook, or takes over the one an earlier run has left. Returns its id. */
export async function register(client: HubexClient, address: string): Promise<number> {
  const former = (await client.webhooks.list()).find((webhook) => webhook.name === name);
  const uri = `${address}?key=\${${variable}}`;
  const events = assetEvents.map(({ id }) => id);
  const [id] = await client.webhooks.merge([
    { id: former?.id ?? null, name, uri, isActive: true, events, taskStages: [] },
  ]);
  if (id === undefined) throw new Error('HubEx registered the webhook without telling its id.');
  // An earlier run may have used up calls; activation restores them.
  await client.webhooks.activate(id);
  return id;
}
