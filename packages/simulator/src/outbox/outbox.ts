import type { Clock } from '../clock.ts';
import type { AssetEvent } from '../domain/asset.ts';
import type { Tenant } from '../domain/tenant.ts';
import { isListening, recordCall, type Webhook } from '../domain/webhook.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { Switches } from '../generated/switches.ts';
import { fillPlaceholders, redactUri } from './address.ts';
import type { CallResult, Deliverer } from './deliverer.ts';
import { deliveryBody } from './delivery-body.ts';
import { HeldBack } from './held-back.ts';
import { type DeliveryRecord, Journal } from './journal.ts';
import type { Hold, Lane, What } from './lane.ts';
import { exceptionOf, withinTime } from './one-call.ts';
import { type PlannedAttempt, planAttempt, planFaults } from './planned-faults.ts';

// A storm against a dead receiver must not eat the machine; HubEx's own bound is unknown.
const longestQueue = 100_000;

const closedReason = 'the simulator was reset or closed';

/** Turns events into calls of webhooks and keeps the webhooks' counters. Webhooks do not wait for each other (B149). */
export class Outbox {
  readonly journal: Journal = new Journal();
  readonly #tenant: Tenant;
  readonly #clock: Clock;
  #deliver: Deliverer;
  readonly #switches: Switches;
  readonly #onFinished: (record: DeliveryRecord) => void;
  readonly #faults: FaultPlan;
  readonly #lanes: Map<number, Lane> = new Map();
  #nextId = 1;
  #pending = 0;
  #closed = false;

  constructor(parts: {
    tenant: Tenant;
    clock: Clock;
    deliver: Deliverer;
    switches: Switches;
    faults: FaultPlan;
    onFinished: (record: DeliveryRecord) => void;
  }) {
    this.#tenant = parts.tenant;
    this.#clock = parts.clock;
    this.#deliver = parts.deliver;
    this.#switches = parts.switches;
    this.#faults = parts.faults;
    this.#onFinished = parts.onFinished;
  }

  /** Deliveries that are waiting or under way. */
  get pending(): number {
    return this.#pending;
  }

  /** Calls are made by another deliverer from now on. */
  deliverTo(deliver: Deliverer): void {
    this.#deliver = deliver;
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

  /** Queues one call and returns the delivery's id; faults may hold it back, double or drop it. */
  send(webhook: Webhook, what: What): number {
    const faults = planFaults(this.#faults, { ...what, webhookId: webhook.id });
    if (!faults) return this.#add(webhook, { what }).id;
    const { body, contentType, marks, copies, dropped, hold } = faults;
    const changed = { ...what, body, faults: marks, ...(contentType !== undefined && { contentType }) };
    const record = this.#add(webhook, { what: changed, dropped, hold });
    for (let copy = 0; copy < copies; copy++) this.#add(webhook, { what: changed });
    return record.id;
  }

  #add(webhook: Webhook, order: { what: What; dropped?: string | undefined; hold?: Hold | undefined }): DeliveryRecord {
    const { what, dropped, hold } = order;
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
    const lane = this.#laneOf(webhook);
    if (this.#closed) this.#finish(record, 'dropped', closedReason);
    else if (dropped !== undefined) this.#finish(record, 'dropped', dropped);
    else if (lane.queue.length + lane.held.size >= longestQueue)
      this.#finish(record, 'dropped', `more than ${longestQueue} deliveries were waiting for this webhook`);
    else if (hold) lane.held.hold(record, hold);
    else this.#queue(webhook, { lane, record });
    return record;
  }

  #laneOf(webhook: Webhook): Lane {
    const known = this.#lanes.get(webhook.id);
    if (known) return known;
    const release = (record: DeliveryRecord): void => this.#queue(webhook, { lane, record });
    const lane = { queue: [], held: new HeldBack({ clock: this.#clock, release }), running: 0 };
    this.#lanes.set(webhook.id, lane);
    return lane;
  }

  #queue(webhook: Webhook, { lane, record }: { lane: Lane; record: DeliveryRecord }): void {
    lane.queue.push(record);
    if (lane.running >= this.#switches.deliveryConcurrency) return;
    lane.running++;
    // The API call that caused the event is answered first.
    Promise.resolve().then(() => this.#work(webhook, lane));
  }

  /** Stops for good: drops what waits and ends what is under way. Nothing is called or counted afterwards. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { queue, held } of this.#lanes.values()) {
      for (const record of [...queue.splice(0), ...held.clear()]) this.#finish(record, 'dropped', closedReason);
    }
    await this.#deliver.cancel?.(this.#tenant.id);
  }

  async #work(webhook: Webhook, lane: Lane): Promise<void> {
    for (let record = lane.queue.shift(); record && !this.#closed; record = lane.queue.shift()) {
      lane.held.passed();
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
      const wire = planAttempt(this.#faults, record);
      const result = await this.#attempt(webhook, record, { attempt, wire });
      if (this.#closed) return this.#finish(record, 'dropped', closedReason);
      const exception = exceptionOf(result, this.#switches.deliverySuccess);
      const completed = this.#clock.now();
      recordCall(webhook, { started, completed, exception });
      record.attempts.push({
        started: new Date(started).toISOString(),
        completed: new Date(completed).toISOString(),
        ...(result.kind === 'answered' ? { status: result.status } : { error: result.reason }),
        ...(wire.fault && { fault: wire.fault }),
        callsRemaining: webhook.callsRemaining,
      });
      if (exception === null) return this.#finish(record, 'delivered');
      if (attempt > this.#switches.deliveryRetries) return this.#finish(record, 'failed', exception);
      await new Promise<void>((resume) => this.#clock.after(this.#switches.deliveryRetryDelayMs, resume));
    }
  }

  #attempt(
    webhook: Webhook,
    record: DeliveryRecord,
    { attempt, wire }: { attempt: number; wire: PlannedAttempt },
  ): Promise<CallResult> {
    const { deliveryTimeoutMs: timeoutMs } = this.#switches;
    const call = {
      tenantId: this.#tenant.id,
      deliveryId: record.id,
      webhookId: webhook.id,
      attempt,
      method: 'POST',
      url: fillPlaceholders(webhook.uri, { variables: this.#tenant.variables, switches: this.#switches }),
      headers: { 'content-type': record.contentType ?? 'application/json; charset=utf-8' },
      body: record.body,
      timeoutMs,
      ...(wire.transmission && { transmission: wire.transmission }),
    } as const;
    return withinTime(call, { deliver: this.#deliver, clock: this.#clock, lost: wire.lost });
  }

  #finish(record: DeliveryRecord, state: DeliveryRecord['state'], reason?: string): void {
    if (record.state !== 'pending') return;
    record.state = state;
    if (reason !== undefined) record.reason = reason;
    this.#pending--;
    this.#onFinished(record);
  }
}
