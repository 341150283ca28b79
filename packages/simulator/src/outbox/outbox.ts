import type { AssetEvent } from '../domain/asset.ts';
import { fullCalls, type Webhook } from '../domain/webhook.ts';
import { CausingDepth } from './causing-depth.ts';
import { deliveryBody } from './delivery-body.ts';
import { closedReason, dropReason } from './drop-reason.ts';
import { EventLog } from './event-log.ts';
import { isoTime } from './iso-time.ts';
import { type DeliveryRecord, Journal, untried } from './journal.ts';
import { Lane, type LaneContext } from './lane.ts';
import { listenersOf } from './listeners.ts';
import type { Announcement, OutboxParts } from './outbox-parts.ts';
import { copyState, type OutboxState } from './outbox-state.ts';
import { outgoingCall } from './outgoing-call.ts';
import { type PlannedFaults, planFaults, type What } from './planned-faults.ts';
import { Redactions } from './redactions.ts';

/** Turns events into calls of webhooks and keeps the webhooks' counters. Webhooks do not wait for each other (B149). */
export class Outbox {
  journal: Journal;
  events: EventLog;
  /** Tells a delivery that another one caused. */
  readonly causing: CausingDepth = new CausingDepth();
  readonly #parts: OutboxParts;
  readonly #lanes: Map<Webhook, Lane> = new Map();
  readonly #waking: Set<Lane> = new Set();
  readonly #context: LaneContext;
  readonly #redactions: Redactions = new Redactions();
  #nextId = 1;
  #finished = 0;
  #pending = 0;
  #calling = 0;
  #isAwake = false;
  #isClosed = false;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.journal = new Journal(parts.journalLimit);
    this.events = new EventLog(parts.journalLimit);
    this.#context = {
      clock: parts.clock,
      switches: parts.switches,
      get deliver() {
        return parts.deliver();
      },
      faults: parts.faults,
      callOf: (webhook, item) => outgoingCall(item, { tenant: parts.tenant, webhook, switches: parts.switches }),
      finish: (record, state, reason) => this.#finish(record, state, reason),
      attempted: parts.observer.attempted,
      counted: (change) => {
        this.#calling += change;
        this.#tellQuiet();
      },
    };
  }

  /** Deliveries that are waiting or under way. */
  get pending(): number {
    return this.#pending;
  }

  /** Whether no call is under way and none is about to begin. */
  get isQuiet(): boolean {
    return this.#calling === 0 && !this.#isAwake;
  }

  /** One call per event and listening webhook bound to it (B151); `only` is the id of the one webhook to call. */
  announce(events: readonly AssetEvent[], by: Announcement): readonly number[] {
    const { tenant, switches, clock, observer } = this.#parts;
    const { cause, requestId = null, depth, only, part = { before: 0, of: events.length } } = by;
    const all: number[] = [];
    for (const [index, { eventId, asset }] of events.entries()) {
      const batch = part.of > 1 ? { index: part.before + index + 1, of: part.of } : null;
      const assetVersion = this.events.nextVersion(asset.id);
      const content = { tenantId: tenant.id, assetId: asset.id, eventId, companyId: asset.companyId };
      const body = deliveryBody(content, switches);
      const what = this.causing.mark(
        { cause, requestId, batch, assetVersion, eventId, assetId: asset.id, body },
        depth,
      );
      const { firing, silent } = listenersOf(eventId, { webhooks: part.listening ?? tenant.webhooks.values(), only });
      const deliveries = firing.map((webhook) => this.send(tenant.webhooks.get(webhook.id) ?? webhook, what));
      for (const id of deliveries) all.push(id);
      const origin = { cause, requestId, batch, assetVersion };
      observer.announced(this.events.add(origin, { at: clock.now(), eventId, assetId: asset.id, deliveries, silent }));
    }
    return all;
  }

  /** Queues one call and returns the delivery's id; faults may hold it back, double or drop it. */
  send(webhook: Webhook, plain: What): number {
    const what = plain.depth === undefined ? this.causing.mark(plain) : plain;
    const planned = planFaults(this.#parts.faults, { what, webhookId: webhook.id });
    const { id } = this.#add(webhook, planned);
    for (let copy = 0; copy < planned.copies; copy++) this.#add(webhook, { what: planned.what });
    return id;
  }

  #add(webhook: Webhook, { what, dropped, hold }: Pick<PlannedFaults, 'what' | 'dropped' | 'hold'>): DeliveryRecord {
    const { clock, observer, maxDepth } = this.#parts;
    const record: DeliveryRecord = {
      id: this.#nextId++,
      webhookId: webhook.id,
      ...what,
      url: this.#redactions.of(webhook.uri),
      state: 'pending',
      created: isoTime(clock.now()),
      attempts: untried,
    };
    this.journal.add(record);
    this.#pending++;
    observer.queued(record);
    const lane = this.#laneOf(webhook);
    const { waiting } = lane;
    const { depth } = what;
    const reason = dropReason({ isClosed: this.#isClosed, fault: dropped, depth, maxDepth, waiting });
    if (reason !== undefined) this.#finish(record, 'dropped', reason);
    else {
      lane.add(record, hold);
      this.#wake(lane);
    }
    return record;
  }

  /** Queues one call to another address than the webhook's; what is answered there moves no counter of the webhook. */
  sendElsewhere(uri: string, { webhook, what }: { webhook: Webhook; what: Parameters<Outbox['send']>[1] }): number {
    const known = [...this.#lanes.keys()].find(
      (each) => each.uri === uri && each !== webhook && each.id === webhook.id,
    );
    return this.send(known ?? { ...webhook, uri, isActive: true, deleted: false, callsRemaining: fullCalls }, what);
  }

  /** Stops for good: drops what waits and ends what is under way. Nothing is called or counted afterwards. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const lane of this.#lanes.values())
      for (const { record } of lane.close()) this.#finish(record, 'dropped', closedReason);
    await this.#parts.deliver().cancel?.(this.#parts.tenant.id);
  }

  /** Everything it knows, as data that no longer changes. */
  save(): OutboxState {
    const { webhooks } = this.#parts.tenant;
    const lanes = [...this.#lanes.values()].map(({ webhook, items }) => {
      return { webhook, isOwn: webhooks.get(webhook.id) === webhook, items };
    });
    const { nextId, finished } = { nextId: this.#nextId, finished: this.#finished };
    return copyState({ journal: this.journal, events: this.events, nextId, finished, lanes });
  }

  /** Goes on from what another one saved; `body` changes what is still to be sent. For a new outbox whose tenant has its webhooks. */
  load(state: OutboxState, body?: (text: string) => string): void {
    const { journal, events, nextId, finished, lanes } = copyState(state, body);
    this.journal = journal;
    this.events = events;
    this.#nextId = nextId;
    this.#finished = finished;
    for (const { webhook, isOwn, items } of lanes) {
      const lane = this.#laneOf((isOwn && this.#parts.tenant.webhooks.get(webhook.id)) || webhook);
      this.#pending += items.length;
      for (const item of items) lane.resume(item);
      this.#wake(lane);
    }
  }

  #laneOf(webhook: Webhook): Lane {
    const lane = this.#lanes.get(webhook) ?? new Lane(webhook, this.#context);
    this.#lanes.set(webhook, lane);
    return lane;
  }

  /** The API call that caused an event is answered first. */
  #wake(lane: Lane): void {
    this.#waking.add(lane);
    if (this.#isAwake) return;
    this.#isAwake = true;
    Promise.resolve().then(() => {
      const lanes = [...this.#waking];
      this.#waking.clear();
      this.#isAwake = false;
      for (const each of lanes) each.fill();
      this.#tellQuiet();
    });
  }

  #finish(record: DeliveryRecord, state: DeliveryRecord['state'], reason?: string): void {
    record.state = state;
    record.finished = ++this.#finished;
    if (reason !== undefined) record.reason = reason;
    this.#pending--;
    this.#parts.observer.finished(record);
  }

  #tellQuiet(): void {
    if (this.isQuiet) this.#parts.observer.quiet();
  }
}
