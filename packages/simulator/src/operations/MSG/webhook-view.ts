import type { Tenant } from '../../domain/tenant.ts';
import type { Webhook } from '../../domain/webhook.ts';
import { eventTypes } from '../COMMON/event-types.ts';
import { type Json, withoutEmpty } from '../outcome.ts';
import { fractional } from '../time.ts';

/** A webhook in the list: no uri, no start time (B109). */
export function webhookListItem(webhook: Webhook): Json {
  const { id, name, isActive, callsRemaining, lastCall } = webhook;
  return withoutEmpty({
    id,
    name,
    isActive,
    callsRemaining,
    lastCall: lastCall && withoutEmpty({ completed: fractional(lastCall.completed), exception: lastCall.exception }),
  });
}

/** A webhook by id; description is write-only (B108, B110). */
export function webhookDetails(webhook: Webhook, context: { tenant: Tenant; language: 'ru' | 'en' }): Json {
  const { lastCall } = webhook;
  const eventName = (id: number): string | undefined => eventTypes.find((event) => event.id === id)?.[context.language];
  return withoutEmpty({
    ...webhookListItem(webhook),
    uri: webhook.uri,
    events: webhook.events.map((id) => ({ id, name: eventName(id) })),
    taskStages: webhook.taskStages.map((id) => ({ id, name: context.tenant.reference.taskStages.get(id)?.name })),
    lastCall:
      lastCall &&
      withoutEmpty({
        started: fractional(lastCall.started),
        completed: fractional(lastCall.completed),
        exception: lastCall.exception,
      }),
  });
}
