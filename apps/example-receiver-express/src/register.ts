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

/** Registers the webhook, or brings the one an earlier run has left up to date. Returns its id. */
export async function register(client: HubexClient, address: string): Promise<number> {
  const uri = `${address}?key=\${${variable}}`;
  // #region ensure
  const { id } = await client.webhooks.ensure({ name, uri, events: assetEvents.map((event) => event.id) });
  // #endregion
  // An earlier run may have used up calls; activation restores them.
  await client.webhooks.activate(id);
  return id;
}
