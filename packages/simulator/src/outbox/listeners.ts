import type { Webhook } from '../domain/webhook.ts';
import type { EventRecord, Silence } from './event-log.ts';

/** Who hears of an event, and who does not. */
export interface Listeners {
  readonly firing: readonly Webhook[];
  readonly silent: EventRecord['silent'];
}

/** Most events are heard by everybody; they share this. */
const nobody: EventRecord['silent'] = [];

/** The webhooks that fire for an event now, and why the others stay silent; `only` is the id of the one webhook that matters. */
export function listenersOf(
  eventId: number,
  { webhooks, only }: { webhooks: Iterable<Webhook>; only: number | undefined },
): Listeners {
  const firing: Webhook[] = [];
  let silent: EventRecord['silent'][number][] | undefined;
  for (const webhook of webhooks) {
    if (only !== undefined && webhook.id !== only) continue;
    const why = silenceOf(webhook, eventId);
    if (!why) firing.push(webhook);
    else if (silent) silent.push({ webhookId: webhook.id, why });
    else silent = [{ webhookId: webhook.id, why }];
  }
  return { firing, silent: silent ?? nobody };
}

/** Why a webhook stays silent for an event; undefined when it fires. */
function silenceOf(webhook: Webhook, eventId: number): Silence | undefined {
  if (webhook.deleted) return 'deleted';
  if (!webhook.isActive) return webhook.callsRemaining === 0 ? 'switched-off' : 'inactive';
  return webhook.events.includes(eventId) ? undefined : 'not-bound';
}
