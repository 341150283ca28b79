import type { Tenant } from '../domain/tenant.ts';
import { isListening } from '../domain/webhook.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Emission, Emitted } from './control.ts';
import { ControlError } from './control-error.ts';

/** Sends an event or a raw body without changing any state; says so when no webhook was listening. */
export function emit(emission: Emission, world: { tenant: Tenant; outbox: Outbox }): Emitted {
  const deliveries = send(emission, world);
  if (deliveries.length > 0) return { deliveries };
  const wanted = 'raw' in emission ? '' : ` and bound to event ${emission.eventId}`;
  return { deliveries, note: `No webhook is active${wanted}: nothing was sent. Register one with POST /MSG/Webhooks.` };
}

function send(emission: Emission, world: { tenant: Tenant; outbox: Outbox }): readonly number[] {
  const { tenant, outbox } = world;
  if ('raw' in emission) {
    const { raw: body, webhookId } = emission;
    if (typeof body !== 'string') throw new ControlError('raw', 'raw must be a string: the body to send as it is.');
    if (webhookId !== undefined && !tenant.webhooks.has(webhookId)) {
      throw new ControlError('webhookId', `There is no webhook ${webhookId}; list them with GET /MSG/Webhooks.`);
    }
    return [...tenant.webhooks.values()]
      .filter((webhook) => isListening(webhook) && (webhookId === undefined || webhook.id === webhookId))
      .map((webhook) => outbox.send(webhook, { eventId: null, assetId: null, cause: 'emit', body }));
  }
  const { eventId, assetId } = emission;
  if (!Number.isInteger(eventId) || eventId < 0 || eventId > 255) {
    throw new ControlError(
      'eventId',
      `eventId must be a whole number from 0 to 255, such as 40; it was ${String(eventId)}.`,
    );
  }
  const asset = tenant.assets.get(assetId);
  if (!asset) throw new ControlError('assetId', `There is no asset ${String(assetId)}; list them with GET /ES/Assets.`);
  return outbox.announce([{ eventId, asset }], 'emit');
}
