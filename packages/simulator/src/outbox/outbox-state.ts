import type { Webhook } from '../domain/webhook.ts';
import type { EventLog } from './event-log.ts';
import type { DeliveryRecord, Journal } from './journal.ts';
import type { Item } from './lane.ts';

/** An outbox at one moment. */
export interface OutboxState {
  readonly journal: Journal;
  readonly events: EventLog;
  readonly nextId: number;
  readonly finished: number;
  readonly lanes: readonly {
    readonly webhook: Webhook;
    /** Whether it is registered; one made for a single redelivery is not. */
    readonly isOwn: boolean;
    readonly items: readonly Item[];
  }[];
}

/** The same state with records, items and logs of its own: what changes afterwards on one side does not show on the other. */
export function copyState(state: OutboxState, body: (text: string) => string = (text) => text): OutboxState {
  const { journal, events, nextId, finished, lanes } = state;
  const copies = new Map<DeliveryRecord, DeliveryRecord>();
  const copyOf = (record: DeliveryRecord): DeliveryRecord => {
    const copy = copies.get(record) ?? { ...record, body: body(record.body), attempts: [...record.attempts] };
    copies.set(record, copy);
    return copy;
  };
  return {
    journal: journal.copy(copyOf),
    events: events.copy(),
    nextId,
    finished,
    lanes: lanes.map(({ webhook, isOwn, items }) => ({
      webhook: { ...webhook },
      isOwn,
      items: items.map((item) => ({ ...item, record: copyOf(item.record), stop: () => undefined })),
    })),
  };
}
