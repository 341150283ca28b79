import type { Clock } from '../clock.ts';
import type { AssetEvent } from '../domain/asset.ts';
import type { Tenant } from '../domain/tenant.ts';
import { isListening, recordCall, type Webhook } from '../domain/webhook.ts';
import type { Switches } from '../generated/switches.ts';
import { fillPlaceholders, redactUri } from './address.ts';
import type { CallResult, Deliverer } from './deliverer.ts';
import { deliveryBody } from './delivery-body.ts';
import { type DeliveryRecord, Journal } from './journal.ts';

// A storm against a dead receiver must not eat the machine; HubEx's own bound is unknown.
const longestQueue = 100_000;

const closedReason = 'the simulator was reset or closed';

/** Turns events into calls of webhooks and keeps the webhooks' counters. Webhooks do not wait for each other (B149). */
export class Outbox {
  readonly journal: Journal = new Journal();
  readonly #tenant: Tenant;
  readonly #clock: Clock;
  readonly #deliver: Deliverer;
  readonly #switches: Switches;
  readonly #onFinished: (record: DeliveryRecord) => void;
  readonly #lanes: Map<number, { queue: DeliveryRecord[]; running: number }> = new Map();
  #nextId = 1;
  #pending = 0;
  #closed = false;

  constructor(parts: {
    tenant: Tenant;
    clock: Clock;
    deliver: Deliverer;
    switches: Switches;
    onFinished: (record: DeliveryRecord) => void;
  }) {
    this.#tenant = parts.tenant;
    this.#clock = parts.clock;
    this.#deliver = parts.deliver;
    this.#switches = parts.switches;
    this.#onFinished = parts.onFinished;
  }

  /** Deliveries that are waiting or under way. */
  get pending(): number {
    return this.#pending;
  }

  /** One call per event and listening webhook bound to it (B151); `only` is the id of the one webhook to call. */
  announce(
    events: readonly AssetEvent[],
    { cause, only }: { cause: string; only?: number | undefined },
  ): readonly number[] {
    return events.flatMap(({ eventId, asset }) => {
      const content = { tenantId: this.#tenant.id, assetId: asset.id, eventId, companyId: asset.companyId };
      const body = deliveryBody(content, this.#switches);
      return [...this.#tenant.webhooks.values()]
        .filter((webhook) => isListening(webhook) && webhook.events.includes(eventId))
        .filter((webhook) => only === undefined || webhook.id === only)
        .map((webhook) => this.send(webhook, { eventId, assetId: asset.id, cause, body }));
    });
  }

  /** Queues one call and returns the delivery's id. */
  send(webhook: Webhook, what: Pick<DeliveryRecord, 'eventId' | 'assetId' | 'cause' | 'body'>): number {
    const record: DeliveryRecord = {
      id: this.#nextId++,
      webhookId: webhook.id,
      ...what,
      url: redactUri(webhook.uri),
      state: 'pending',
      created: new Date(this.#clock.now()).toISOString(),
      attempts: [],
    };
    this.journal.add(record);
    this.#pending++;
    const lane = this.#lanes.get(webhook.id) ?? { queue: [], running: 0 };
    this.#lanes.set(webhook.id, lane);
    if (this.#closed) {
      this.#finish(record, 'dropped', closedReason);
      return record.id;
    }
    if (lane.queue.length >= longestQueue) {
      this.#finish(record, 'dropped', `more than ${longestQueue} deliveries were waiting for this webhook`);
      return record.id;
    }
    lane.queue.push(record);
    if (lane.running < this.#switches.deliveryConcurrency) {
      lane.running++;
      // The API call that caused the event is answered first.
      Promise.resolve().then(() => this.#work(webhook, lane));
    }
    return record.id;
  }

  /** Stops for good: drops what waits and ends what is under way. Nothing is called or counted afterwards. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { queue } of this.#lanes.values()) {
      for (const record of queue.splice(0)) this.#finish(record, 'dropped', closedReason);
    }
    await this.#deliver.cancel?.(this.#tenant.id);
  }

  async #work(webhook: Webhook, lane: { queue: DeliveryRecord[]; running: number }): Promise<void> {
    for (let record = lane.queue.shift(); record && !this.#closed; record = lane.queue.shift()) {
      await this.#call(webhook, record);
    }
    lane.running--;
  }

  async #call(webhook: Webhook, record: DeliveryRecord): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      if (this.#closed) return this.#finish(record, 'dropped', closedReason);
      if (!isListening(webhook)) {
        return this.#finish(
          record,
          'dropped',
          webhook.deleted ? 'the webhook was deleted' : 'the webhook is not active',
        );
      }
      const started = this.#clock.now();
      const result = await this.#attempt(webhook, record, attempt);
      if (this.#closed) return this.#finish(record, 'dropped', closedReason);
      const exception = this.#judge(result);
      const completed = this.#clock.now();
      recordCall(webhook, { started, completed, exception });
      record.attempts.push({
        started: new Date(started).toISOString(),
        completed: new Date(completed).toISOString(),
        ...(result.kind === 'answered' ? { status: result.status } : { error: result.reason }),
        callsRemaining: webhook.callsRemaining,
      });
      if (exception === null) return this.#finish(record, 'delivered');
      if (attempt > this.#switches.deliveryRetries) return this.#finish(record, 'failed', exception);
      await new Promise<void>((resume) => this.#clock.after(this.#switches.deliveryRetryDelayMs, resume));
    }
  }

  /** One call; no answer in time is a failure whatever the deliverer does (B148). */
  #attempt(webhook: Webhook, record: DeliveryRecord, attempt: number): Promise<CallResult> {
    const { deliveryTimeoutMs: timeoutMs } = this.#switches;
    const call = {
      tenantId: this.#tenant.id,
      deliveryId: record.id,
      webhookId: webhook.id,
      attempt,
      method: 'POST',
      url: fillPlaceholders(webhook.uri, { variables: this.#tenant.variables, switches: this.#switches }),
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: record.body,
      timeoutMs,
    } as const;
    return new Promise((resolve) => {
      const late = { kind: 'failed', reason: `no answer within ${timeoutMs} ms` } as const;
      const cancel = this.#clock.after(timeoutMs, () => resolve(late));
      const settle = (result: CallResult): void => {
        cancel();
        resolve(result);
      };
      // A deliverer that throws instead of answering is a failure like any other.
      const answer = async (): Promise<CallResult> => this.#deliver(call);
      answer().then(settle, (error: unknown) => settle({ kind: 'failed', reason: String(error) }));
    });
  }

  /** null for success, else the text HubEx would keep as lastCall.exception (B120, B147). */
  #judge(result: CallResult): string | null {
    if (result.kind === 'failed') return result.reason;
    const { status } = result;
    const isSuccess = this.#switches.deliverySuccess === '200' ? status === 200 : status >= 200 && status < 300;
    return isSuccess ? null : `The receiver answered ${status}.`;
  }

  #finish(record: DeliveryRecord, state: DeliveryRecord['state'], reason?: string): void {
    if (record.state !== 'pending') return;
    record.state = state;
    if (reason !== undefined) record.reason = reason;
    this.#pending--;
    this.#onFinished(record);
  }
}
