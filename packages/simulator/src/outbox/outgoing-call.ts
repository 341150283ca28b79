import type { Tenant } from '../domain/tenant.ts';
import type { Webhook } from '../domain/webhook.ts';
import type { Switches } from '../generated/switches.ts';
import { fillPlaceholders } from './address.ts';
import type { OutgoingCall } from './deliverer.ts';
import type { Item } from './lane.ts';

/** The call a delivery needs now: the webhook's address as it is at this moment, its placeholders filled in (B124). */
export function outgoingCall(
  { record, attempt }: Item,
  { tenant, webhook, switches }: { tenant: Tenant; webhook: Webhook; switches: Switches },
): OutgoingCall {
  return {
    tenantId: tenant.id,
    deliveryId: record.id,
    webhookId: webhook.id,
    attempt,
    method: 'POST',
    url: fillPlaceholders(webhook.uri, { variables: tenant.variables, switches }),
    headers: { 'content-type': record.contentType ?? 'application/json; charset=utf-8' },
    body: record.body,
    timeoutMs: switches.deliveryTimeoutMs,
    ...(record.depth !== undefined && { depth: record.depth }),
  };
}
