import type { Clock } from '../clock.ts';
import { isListening, recordCall, type Webhook } from '../domain/webhook.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { Switches } from '../generated/switches.ts';
import type { CallResult, Deliverer, OutgoingCall } from './deliverer.ts';
import { HeldBack, type Hold } from './held-back.ts';
import { isoTime } from './iso-time.ts';
import type { Attempt, DeliveryRecord } from './journal.ts';
import { exceptionOf, makeCall } from './one-call.ts';
import { type PlannedAttempt, planAttempt } from './planned-faults.ts';
import { Queue } from './queue.ts';

/** One delivery on its way. Plain data but for `stop`, so that it can be saved. */
export interface Item {
  readonly record: DeliveryRecord;
  /** 1 for the first call. */
  attempt: number;
  phase: 'held' | 'queued' | 'calling' | 'pausing';
  /** Deliveries that pass before a held one goes out; null: only time counts. */
  others: number | null;
  /** When its pause is over or it is held back no longer, in milliseconds. */
  due: number;
  /** Ends what it waits for. */
  stop: () => void;
}

/** What a lane needs of the outbox it belongs to. */
export interface LaneContext {
  readonly clock: Clock;
  readonly switches: Switches;
  readonly deliver: Deliverer;
  readonly faults: FaultPlan;
  readonly callOf: (webhook: Webhook, item: Item) => OutgoingCall;
  readonly finish: (record: DeliveryRecord, state: DeliveryRecord['state'], reason?: string) => void;
  readonly attempted: (record: DeliveryRecord, attempt: Attempt) => void;
  /** One call more (1) or less (-1) is under way. */
  readonly counted: (change: 1 | -1) => void;
}

const nothingToStop = (): void => undefined;

/** The calls of one webhook: so many at a time (B149), the others wait; a call that pauses before its repetition keeps its place (B130). */
export class Lane {
  readonly webhook: Webhook;
  readonly #context: LaneContext;
  readonly #queue: Queue<Item> = new Queue();
  readonly #busy: Set<Item> = new Set();
  readonly #held: HeldBack<Item>;
  #isClosed = false;

  constructor(webhook: Webhook, context: LaneContext) {
    this.webhook = webhook;
    this.#context = context;
    this.#held = new HeldBack(context.clock, (item) => {
      this.#release(item);
      this.fill();
    });
  }

  /** Deliveries waiting for their first call. */
  get waiting(): number {
    return this.#queue.size + this.#held.size;
  }

  /** Everything on its way, in the order in which it goes on. */
  get items(): readonly Item[] {
    return [...this.#busy, ...this.#held.list(), ...this.#queue.list()];
  }

  add(record: DeliveryRecord, hold?: Hold): void {
    const due = hold ? this.#context.clock.now() + hold.ms : 0;
    const phase = hold ? 'held' : 'queued';
    this.resume({ record, attempt: 1, phase, others: hold?.others ?? null, due, stop: nothingToStop });
  }

  /** Takes up what was saved: pauses go on, calls that were under way are made again. */
  resume(item: Item): void {
    if (item.phase === 'queued') this.#queue.push(item);
    else if (item.phase === 'held') this.#held.hold(item);
    else {
      this.#busy.add(item);
      if (item.phase === 'pausing') this.#pause(item);
      else this.#call(item);
    }
  }

  /** Starts what may start. */
  fill(): void {
    const { switches } = this.#context;
    while (!this.#isClosed && this.#busy.size < switches.deliveryConcurrency) {
      const item = this.#queue.shift();
      if (!item) return;
      for (const passed of this.#held.passed()) this.#release(passed);
      this.#busy.add(item);
      this.#call(item);
    }
  }

  /** Stops for good; returns what was on its way. */
  close(): readonly Item[] {
    const { items } = this;
    this.#isClosed = true;
    this.#queue.clear();
    this.#held.clear();
    this.#busy.clear();
    for (const item of items) item.stop();
    return items;
  }

  #release(item: Item): void {
    item.phase = 'queued';
    this.#queue.push(item);
  }

  #call(item: Item): void {
    const { clock, switches, deliver, faults, callOf, counted } = this.#context;
    const { webhook } = this;
    if (!isListening(webhook)) {
      this.#end(item, 'dropped', webhook.deleted ? 'the webhook was deleted' : 'the webhook is not active');
      return;
    }
    item.phase = 'calling';
    const before = { started: clock.now(), callsRemaining: webhook.callsRemaining };
    const { deliveryTimeoutMs: timeoutMs } = switches;
    const wire = planAttempt(faults, item.record);
    const plain = callOf(webhook, item);
    const call = wire.transmission ? { ...plain, transmission: wire.transmission } : plain;
    let isOver = false;
    const settle = (result: CallResult): void => {
      if (isOver) return;
      // Counted once more meanwhile: nobody may think that all is quiet before the next call has begun.
      counted(1);
      item.stop();
      this.#answered(item, { result, wire, ...before });
      this.fill();
      counted(-1);
    };
    // No answer in time is a failure whatever the deliverer does (B148).
    const cancel = clock.after(timeoutMs, () => {
      settle({ kind: 'failed', reason: `no answer within ${timeoutMs} ms` });
      deliver.giveUp?.(call);
    });
    item.stop = () => {
      if (isOver) return;
      isOver = true;
      cancel();
      counted(-1);
    };
    counted(1);
    // A deliverer that throws instead of answering is a failure like any other.
    makeCall(call, deliver).then(settle, (error: unknown) => settle({ kind: 'failed', reason: String(error) }));
  }

  #answered(
    item: Item,
    call: { result: CallResult; wire: PlannedAttempt; started: number; callsRemaining: number },
  ): void {
    const { clock, switches, attempted } = this.#context;
    const { wire, started } = call;
    const result: CallResult = wire.lost === undefined ? call.result : { kind: 'failed', reason: wire.lost };
    const { webhook } = this;
    const exception = exceptionOf(result, switches.deliverySuccess);
    const completed = clock.now();
    recordCall(webhook, { started, completed, exception });
    const attempt: Attempt = {
      started: isoTime(started),
      completed: isoTime(completed),
      ms: completed - started,
      ...(result.kind === 'answered' ? { status: result.status } : { error: result.reason }),
      ...(wire.fault && { fault: wire.fault }),
      callsRemainingBefore: call.callsRemaining,
      callsRemaining: webhook.callsRemaining,
    };
    // Most need one: pushed to, an array would make room for sixteen more.
    item.record.attempts = item.record.attempts.concat(attempt);
    attempted(item.record, attempt);
    if (exception === null) this.#end(item, 'delivered');
    else if (item.attempt > switches.deliveryRetries) this.#end(item, 'failed', exception);
    else {
      item.due = completed + switches.deliveryRetryDelayMs;
      this.#pause(item);
    }
  }

  #pause(item: Item): void {
    const { clock } = this.#context;
    item.phase = 'pausing';
    item.stop = clock.after(Math.max(0, item.due - clock.now()), () => {
      item.attempt++;
      this.#call(item);
      this.fill();
    });
  }

  #end(item: Item, state: DeliveryRecord['state'], reason?: string): void {
    this.#busy.delete(item);
    this.#context.finish(item.record, state, reason);
  }
}
