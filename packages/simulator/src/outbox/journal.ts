import { Ring } from './ring.ts';

/** One call to one webhook, from the event to the last attempt. Times are ISO 8601, UTC. */
export interface DeliveryRecord extends Cause {
  readonly id: number;
  readonly webhookId: number;
  /** null for a raw body. */
  readonly eventId: number | null;
  readonly assetId: number | null;
  /** Redacted: secrets in the address are never kept. */
  readonly url: string;
  readonly body: string;
  /** The content type, where a fault changed it. */
  readonly contentType?: string;
  /** The faults that changed when it goes out or what it says. */
  readonly faults?: readonly FaultMark[];
  /** How many deliveries led to it, itself included; left out for 1: no delivery caused it, as far as can be told. */
  readonly depth?: number;
  state: DeliveryState;
  /** Why it failed or was dropped. */
  reason?: string;
  /** @format date-time */
  readonly created: string;
  attempts: readonly Attempt[];
  /** Place among all deliveries of the tenant that came to an end: 1 for the first. Left out while pending. */
  finished?: number;
}

/** Where a delivery comes from. */
export interface Cause {
  /** The operation (operationId) that caused it, or the control: `emit`, `redeliver`. */
  readonly cause: string;
  /** The API request of the journal, when there was one. */
  readonly requestId: number | null;
  /** Which of the events of that call it is: `{ index: 3, of: 500 }` is the third of a mass operation. */
  readonly batch: { readonly index: number; readonly of: number } | null;
  /** Which event of its asset it is, counted from 1. */
  readonly assetVersion: number | null;
}

/** pending: waiting or under way; delivered: answered with success; failed: given up; dropped: never called. */
export type DeliveryState = 'pending' | 'delivered' | 'failed' | 'dropped';

/** A fault that hit: the rule it comes from, and its kind. */
export interface FaultMark {
  readonly rule: number;
  readonly kind: string;
}

/** One HTTP call and what came of it. */
export interface Attempt {
  /** @format date-time */
  readonly started: string;
  /** @format date-time */
  readonly completed: string;
  /** Milliseconds from start to answer, by the clock of the tenant. */
  readonly ms: number;
  /** HTTP status of the answer, if there was one. */
  readonly status?: number;
  readonly error?: string;
  /** What went wrong on the wire, if a fault did. */
  readonly fault?: FaultMark;
  readonly callsRemainingBefore: number;
  /** The webhook's callsRemaining after this attempt. */
  readonly callsRemaining: number;
}

/** What a delivery that was not tried yet has in place of attempts: one list for all of them, made anew with the first try. */
export const untried: Attempt[] = [];

/** Picks deliveries; a field that is left out matches everything. */
export interface DeliveryFilter {
  readonly eventId?: number;
  readonly assetId?: number;
  readonly webhookId?: number;
  readonly state?: DeliveryState;
}

/** The deliveries of a tenant, newest last, bounded. */
export class Journal {
  #ring: Ring<DeliveryRecord>;

  constructor(limit: number) {
    this.#ring = new Ring(limit);
  }

  /** How many records were dropped because the journal is bounded. */
  get dropped(): number {
    return this.#ring.dropped;
  }

  add(record: DeliveryRecord): void {
    this.#ring.add(record);
  }

  find(filter: DeliveryFilter): readonly DeliveryRecord[] {
    return this.#ring.list().filter((record) => matches(record, filter));
  }

  /** The record with this id, if it is still kept. */
  get(id: number): DeliveryRecord | undefined {
    return this.#ring.list().find((record) => record.id === id);
  }

  /** Another journal with the same records, those that can still change passed through `copy`. */
  copy(copy: (record: DeliveryRecord) => DeliveryRecord): Journal {
    const other = new Journal(this.#ring.limit);
    other.#ring = this.#ring.copy((record) => (record.state === 'pending' ? copy(record) : record));
    return other;
  }
}

/** Whether a record fits a filter. */
export function matches(record: DeliveryRecord, filter: DeliveryFilter): boolean {
  return (
    (filter.eventId === undefined || record.eventId === filter.eventId) &&
    (filter.assetId === undefined || record.assetId === filter.assetId) &&
    (filter.webhookId === undefined || record.webhookId === filter.webhookId) &&
    (filter.state === undefined || record.state === filter.state)
  );
}
