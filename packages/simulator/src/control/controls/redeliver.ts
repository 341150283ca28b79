import type { ControlDefinition } from '../control-definition.ts';
import { ControlError } from '../control-error.ts';

/** What to send again, and what to change. */
export const redeliverFields = {
  deliveryId: { kind: 'integer', least: 1, required: true, doc: 'id of a delivery of the journal' },
  body: { kind: 'string', doc: 'another body, sent as it is' },
  change: { kind: 'json', shape: 'object', doc: 'fields to change in the body, such as {"EventID":42}' },
  url: { kind: 'string', longest: 2_000, doc: 'another address; its answer moves no counter of the webhook' },
} as const;

/** The new delivery. */
export interface Redelivered {
  readonly deliveryId: number;
}

/** Sends a past delivery again. */
export const redeliver: ControlDefinition<typeof redeliverFields, Redelivered> = {
  method: 'POST',
  path: '/redeliver',
  summary: 'Send a past delivery again, as it was or changed, to its webhook or to another address.',
  returns: 'id of the new delivery',
  input: redeliverFields,
  examples: [{ deliveryId: 1 }, { deliveryId: 1, change: { EventID: 42 }, url: 'http://127.0.0.1:3000/hook' }],
  run({ outbox, tenant }, { deliveryId, body, change, url }) {
    const record = outbox.journal.get(deliveryId);
    if (!record)
      throw new ControlError(
        'deliveryId',
        `There is no delivery ${deliveryId} in the journal; list them with GET /__mock/deliveries.`,
      );
    if (body !== undefined && change !== undefined)
      throw new ControlError(
        'change',
        'body and change exclude each other: give the whole body or the fields to change.',
      );
    if (url !== undefined && !URL.canParse(url))
      throw new ControlError('url', 'url must be an absolute address such as http://127.0.0.1:3000/hook.');
    const { eventId, assetId, requestId, assetVersion, webhookId } = record;
    const origin = { cause: 'redeliver', requestId, batch: null, assetVersion };
    const text = body ?? (change === undefined ? record.body : changed(record.body, change));
    const webhook = tenant.webhooks.get(webhookId);
    if (!webhook) throw new ControlError('deliveryId', `Webhook ${webhookId} of that delivery is not known any more.`);
    const what = { ...origin, eventId, assetId, body: text };
    return {
      deliveryId: url === undefined ? outbox.send(webhook, what) : outbox.sendElsewhere(url, { webhook, what }),
    };
  },
};

function changed(body: string, change: unknown): string {
  try {
    return JSON.stringify({ ...JSON.parse(body), ...Object(change) });
  } catch {
    throw new ControlError(
      'change',
      'That body is no JSON object, so no field of it can be changed; give a whole body.',
    );
  }
}
