import { shownRequest } from '../api/request-record.ts';
import type { DeliveryRecord } from '../outbox/journal.ts';
import type { Activity } from '../world/activity.ts';
import type { TenantWorld } from '../world/tenant-world.ts';

interface Told {
  /** Milliseconds, UTC, by the clock of the tenant. */
  readonly at: number;
  readonly activity: Activity;
}

/** The newest `most` things that happened, as far as the journals hold them, oldest first; attempts are told with their deliveries. */
export function recentActivity({ requests, outbox }: TenantWorld, most: number): readonly Activity[] {
  if (most === 0) return [];
  const told: Told[] = [
    ...newest(requests.list(), most).map((kept): Told => {
      return { at: kept.at, activity: { type: 'request', request: shownRequest(kept) } };
    }),
    ...newest(outbox.events.list(), most).map((event): Told => ({ at: event.at, activity: { type: 'event', event } })),
    ...newest(over(outbox.journal.find({})), most).map((delivery): Told => {
      const ended = delivery.attempts.at(-1)?.completed ?? delivery.created;
      return { at: Date.parse(ended), activity: { type: 'delivery', delivery } };
    }),
  ];
  // The sort is stable: at one moment a request comes before its events, and these before their deliveries.
  return newest(
    told.sort((a, b) => a.at - b.at),
    most,
  ).map(({ activity }) => activity);
}

function newest<T>(items: readonly T[], most: number): readonly T[] {
  return items.slice(-most);
}

/** In the order in which they came to their end. */
function over(deliveries: readonly DeliveryRecord[]): readonly DeliveryRecord[] {
  return deliveries
    .filter(({ finished }) => finished !== undefined)
    .sort((a, b) => (a.finished ?? 0) - (b.finished ?? 0));
}
