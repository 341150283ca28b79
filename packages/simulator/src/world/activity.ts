import { type KeptRequest, type RequestRecord, shownRequest } from '../api/request-record.ts';
import type { EventRecord } from '../outbox/event-log.ts';
import type { Attempt, DeliveryRecord } from '../outbox/journal.ts';
import { Transcript } from './transcript.ts';

/** Something that happened in a tenant, as it is streamed. */
export type Activity =
  | { readonly type: 'request'; readonly request: RequestRecord }
  | { readonly type: 'event'; readonly event: EventRecord }
  | {
      readonly type: 'attempt';
      readonly deliveryId: number;
      readonly webhookId: number;
      readonly attempt: Attempt;
    }
  /** A delivery came to an end. */
  | { readonly type: 'delivery'; readonly delivery: DeliveryRecord }
  | { readonly type: 'reset' };

/** Counts of a tenant since its beginning. */
export interface Counts {
  readonly requests: Readonly<Record<string, number>>;
  readonly events: Readonly<Record<string, number>>;
  readonly deliveries: Readonly<Record<'queued' | 'delivered' | 'failed' | 'dropped', number>>;
  readonly attempts: { readonly succeeded: number; readonly failed: number };
}

/** Counts what happens, tells it to whoever listens, and keeps the fingerprint of it. */
export class ActivityLog {
  transcript: Transcript = new Transcript();
  #requests: Map<string, number> = new Map();
  #events: Map<number, number> = new Map();
  #deliveries = { queued: 0, delivered: 0, failed: 0, dropped: 0 };
  #attempts = { succeeded: 0, failed: 0 };
  readonly #listeners: Set<(activity: Activity) => void> = new Set();

  get counts(): Counts {
    return {
      requests: Object.fromEntries(this.#requests),
      events: Object.fromEntries(this.#events),
      deliveries: { ...this.#deliveries },
      attempts: { ...this.#attempts },
    };
  }

  /** Calls `listener` with everything that happens until the returned function is called. */
  listen(listener: (activity: Activity) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Starts counting anew; listeners stay and hear of it. */
  reset(): void {
    this.transcript = new Transcript();
    this.#requests = new Map();
    this.#events = new Map();
    this.#deliveries = { queued: 0, delivered: 0, failed: 0, dropped: 0 };
    this.#attempts = { succeeded: 0, failed: 0 };
    this.#tell({ type: 'reset' });
  }

  /** `record` may be filled anew afterwards. */
  request(record: KeptRequest): void {
    const key = `${record.operationId ?? 'none'} ${record.status}`;
    this.#requests.set(key, (this.#requests.get(key) ?? 0) + 1);
    if (this.#listeners.size > 0) this.#tell({ type: 'request', request: shownRequest(record) });
  }

  announced(event: EventRecord): void {
    this.#events.set(event.eventId, (this.#events.get(event.eventId) ?? 0) + 1);
    this.transcript.add(`${event.at} event ${event.eventId} ${event.assetId} ${event.assetVersion} ${event.cause}`);
    if (this.#listeners.size > 0) this.#tell({ type: 'event', event });
  }

  queued(record: DeliveryRecord): void {
    this.#deliveries.queued++;
    this.transcript.add(`${record.created} delivery ${record.id} ${record.webhookId} ${record.body}`);
  }

  attempted(record: DeliveryRecord, attempt: Attempt): void {
    if (attempt.callsRemaining < attempt.callsRemainingBefore) this.#attempts.failed++;
    else this.#attempts.succeeded++;
    if (this.#listeners.size === 0) return;
    this.#tell({ type: 'attempt', deliveryId: record.id, webhookId: record.webhookId, attempt });
  }

  finished(record: DeliveryRecord): void {
    if (record.state !== 'pending') this.#deliveries[record.state]++;
    if (this.#listeners.size > 0)
      this.#tell({ type: 'delivery', delivery: { ...record, attempts: [...record.attempts] } });
  }

  #tell(activity: Activity): void {
    for (const listener of this.#listeners) listener(activity);
  }
}
