/** One call to one webhook, from the event to the last attempt. Times are ISO 8601, UTC. */
export interface DeliveryRecord {
  readonly id: number;
  readonly webhookId: number;
  /** null for a raw body. */
  readonly eventId: number | null;
  readonly assetId: number | null;
  /** The operation (operationId) that caused it, or `emit`. */
  readonly cause: string;
  /** Redacted: secrets in the address are never kept. */
  readonly url: string;
  readonly body: string;
  /** The content type, where a fault changed it. */
  readonly contentType?: string;
  /** The faults that changed when it goes out or what it says. */
  readonly faults?: readonly FaultMark[];
  state: DeliveryState;
  /** Why it failed or was dropped. */
  reason?: string;
  readonly created: string;
  readonly attempts: Attempt[];
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
  readonly started: string;
  readonly completed: string;
  /** HTTP status of the answer, if there was one. */
  readonly status?: number;
  readonly error?: string;
  /** What went wrong on the wire, if a fault did. */
  readonly fault?: FaultMark;
  /** The webhook's callsRemaining after this attempt. */
  readonly callsRemaining: number;
}

/** Picks deliveries; a field that is left out matches everything. */
export interface DeliveryFilter {
  readonly eventId?: number;
  readonly assetId?: number;
  readonly webhookId?: number;
  readonly state?: DeliveryState;
}

/** Records kept; older ones are dropped and counted. */
export const journalLimit = 10_000;

/** The deliveries of a tenant, newest last, bounded. */
export class Journal {
  #records: DeliveryRecord[] = [];
  #dropped = 0;

  /** How many records were dropped because the journal is bounded. */
  get dropped(): number {
    return this.#dropped;
  }

  add(record: DeliveryRecord): void {
    this.#records.push(record);
    // Cutting a quarter at a time keeps adding cheap.
    if (this.#records.length < journalLimit * 1.25) return;
    this.#dropped += this.#records.length - journalLimit;
    this.#records = this.#records.slice(-journalLimit);
  }

  find(filter: DeliveryFilter): readonly DeliveryRecord[] {
    return this.#records.filter((record) => matches(record, filter));
  }

  clear(): void {
    this.#records = [];
    this.#dropped = 0;
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
