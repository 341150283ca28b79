import { isListening } from '../../domain/webhook.ts';
import type { TenantWorld } from '../../world/tenant-world.ts';
import type { ControlDefinition } from '../control-definition.ts';
import { ControlError } from '../control-error.ts';
import type { Input } from '../field.ts';

/** What to send. */
export const emitFields = {
  eventId: { kind: 'integer', least: 0, most: 255, doc: 'event id, such as 41 for a changed asset' },
  assetId: { kind: 'integer', least: 0, most: 2_147_483_647, doc: 'asset id' },
  raw: { kind: 'string', doc: 'a body to send as it is, instead of an event' },
  webhookId: { kind: 'integer', least: 1, most: 2_147_483_647, doc: 'one webhook; left out: all that are active' },
} as const;

/** Ids of the deliveries an emission caused. */
export interface Emitted {
  readonly deliveries: readonly number[];
  /** Why nothing was sent, if nothing was. */
  readonly note?: string;
}

/** Sends an event or a raw body. */
export const emit: ControlDefinition<typeof emitFields, Emitted> = {
  method: 'POST',
  path: '/emit',
  summary: 'Send an event for an asset of the tenant, or any body, without changing any state.',
  returns: 'ids of the deliveries, and a note when nothing was sent',
  input: emitFields,
  examples: [
    { eventId: 41, assetId: 101 },
    { raw: 'not even JSON', webhookId: 1 },
  ],
  run(world, input) {
    const deliveries = send(world, input);
    if (deliveries.length > 0) return { deliveries };
    const wanted = input.raw === undefined ? ` and bound to event ${input.eventId}` : '';
    const note = `No webhook is active${wanted}: nothing was sent. Register one with POST /MSG/Webhooks or /__mock/subscribe.`;
    return { deliveries, note };
  },
};

const way = 'Give eventId and assetId, or raw.';

function send(world: TenantWorld, { eventId, assetId, raw, webhookId }: Input<typeof emitFields>): readonly number[] {
  const { tenant, outbox } = world;
  if (webhookId !== undefined && !tenant.webhooks.has(webhookId))
    throw new ControlError('webhookId', `There is no webhook ${webhookId}; list them with GET /MSG/Webhooks.`);
  const webhooks = [...tenant.webhooks.values()].filter(
    (webhook) => isListening(webhook) && (webhookId === undefined || webhook.id === webhookId),
  );
  if (raw !== undefined) {
    const extra = eventId !== undefined ? 'eventId' : assetId !== undefined ? 'assetId' : undefined;
    if (extra) throw new ControlError(extra, `A raw body is sent as it is and has no ${extra}. ${way}`);
    const origin = { cause: 'emit', requestId: null, batch: null, assetVersion: null };
    const what = { ...origin, eventId: null, assetId: null, body: raw };
    return webhooks.map((webhook) => outbox.send(webhook, what));
  }
  if (eventId === undefined) throw new ControlError('eventId', `eventId is missing. ${way}`);
  if (assetId === undefined) throw new ControlError('assetId', `assetId is missing. ${way}`);
  const asset = tenant.assets.get(assetId);
  if (!asset) throw new ControlError('assetId', `There is no asset ${assetId}; list them with GET /ES/Assets.`);
  return outbox.announce([{ eventId, asset }], { cause: 'emit', only: webhookId });
}
