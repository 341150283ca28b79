import { Waiting } from '../control/waiting.ts';
import type { Deliverer } from '../outbox/deliverer.ts';
import { Outbox } from '../outbox/outbox.ts';
import { Traffic } from '../traffic/traffic.ts';
import { ActivityLog } from './activity.ts';
import type { Hub } from './hub.ts';
import { Jobs } from './jobs.ts';
import { observerOf } from './observer.ts';
import { Quiet } from './quiet.ts';
import { TenantClock } from './tenant-clock.ts';
import { tagOf } from './tenant-id.ts';
import { copyTenant, type Owner, restoredParts, seededParts, type TenantParts } from './tenant-parts.ts';
import { TenantState } from './tenant-state.ts';
import { Turns } from './turns.ts';
import type { Beginning, WorldOrder } from './world-order.ts';
import { savedState, type WorldState } from './world-state.ts';

/** Everything that belongs to one tenant and to nobody else: two tenants share nothing that either can change. */
export class TenantWorld extends TenantState {
  readonly id: number;
  /** The token that opens it; others are issued by it. */
  readonly serviceToken: string;
  /** Mark of the tokens it issues. */
  readonly tag: string;
  readonly hub: Hub;
  readonly clock: TenantClock;
  readonly waiting: Waiting;
  readonly activity: ActivityLog = new ActivityLog();
  readonly traffic: Traffic = new Traffic(this);
  /** Moves of the clock: two at once would each take the other's standing still for the tenant's own. */
  readonly moves: Turns = new Turns();
  /** States kept under a name. */
  readonly snapshots: Map<string, WorldState> = new Map();
  beginning: Beginning;
  outbox: Outbox;
  jobs: Jobs;
  protected parts: TenantParts;
  #era = 0;
  /** One reset or restore at a time: of two at once the first would leave an outbox behind that nobody can stop. */
  readonly #changes: Turns = new Turns();
  readonly #quiet: Quiet = new Quiet();
  readonly #order: WorldOrder;
  #deliver: Deliverer;

  constructor(order: WorldOrder) {
    super();
    this.id = order.id;
    this.serviceToken = order.serviceToken;
    this.tag = tagOf(order.id);
    this.hub = order.hub;
    this.clock = new TenantClock(order.clock);
    this.waiting = new Waiting(order.clock);
    this.beginning = order.beginning;
    this.#order = order;
    this.#deliver = order.deliver;
    this.parts = this.#seeded();
    [this.outbox, this.jobs] = [this.#createOutbox(), new Jobs(this)];
  }

  /** What was caused and is not over: deliveries waiting or under way, and imports not written yet. */
  get pending(): number {
    return this.outbox.pending + this.jobs.pending;
  }

  /** Resolves when no call is under way and none is about to begin, or after `patience` milliseconds of real time. */
  quiet(patience: number): Promise<void> {
    return this.outbox.isQuiet ? Promise.resolve() : this.#quiet.wait(patience);
  }

  /** Grows with every reset and restore: who works on the tenant over time sees that it is another one now. */
  get era(): number {
    return this.#era;
  }

  /** Back to the beginning, or to another one: cancels what is under way, and nothing arrives afterwards. Snapshots are kept. */
  reset(beginning?: Beginning): Promise<void> {
    return this.#changes.take(() => this.#reset(beginning ?? this.beginning));
  }

  /** Goes on from a saved state: its own, or that of another tenant, whose tokens and id stay with that one. */
  load(state: WorldState): Promise<void> {
    return this.#changes.take(() => this.#load(state));
  }

  async #reset(beginning: Beginning): Promise<void> {
    await this.#stop();
    this.beginning = beginning;
    this.clock.load({ mode: 'real', value: 0 });
    this.activity.reset();
    this.parts = this.#seeded();
    [this.outbox, this.jobs] = [this.#createOutbox(), new Jobs(this)];
  }

  save(): WorldState {
    const { tenant, id, tag, randomness } = this;
    const copy = copyTenant(tenant, { id, tag, randomness });
    copy.tokens.load(tenant.tokens);
    return savedState(this, copy);
  }

  async #load(state: WorldState): Promise<void> {
    await this.#stop();
    this.beginning = state.beginning;
    this.clock.load(state.clock);
    this.activity.reset();
    this.activity.transcript = state.transcript.copy();
    this.parts = restoredParts(this.#owner, state);
    [this.outbox, this.jobs] = [this.#createOutbox(), new Jobs(this)];
    const own = `{"TenantID":${this.id},`;
    const isOwn = state.tenant.id === this.id;
    this.outbox.load(state.outbox, isOwn ? undefined : (body) => body.replace(/^\{"TenantID":\d+,/, own));
    for (const job of state.jobs) this.jobs.add(job);
    if (state.traffic) this.traffic.load(state.traffic);
  }

  /** Hands deliveries to somebody else from now on, also after a reset. */
  deliverTo(deliver: Deliverer): void {
    this.#deliver = deliver;
  }

  /** Webhooks may be called from now on. */
  expectCalls(): void {
    this.#deliver.prepare?.();
  }

  /** Stops deliveries and ends waits for good. */
  async close(): Promise<void> {
    this.jobs.close();
    this.waiting.close();
    this.faults.late.release();
    await this.outbox.close();
    this.clock.clear();
  }

  async #stop(): Promise<void> {
    this.jobs.close();
    await this.outbox.close();
    this.traffic.forget();
    this.#era++;
    this.faults.late.release();
    this.waiting.endAll();
  }

  get #owner(): Owner {
    const { id, tag, serviceToken, clock, hub } = this;
    const onRule = (): void => hub.sawFault();
    return { id, tag, serviceToken, clock, now: clock.now(), onRule };
  }

  #seeded(): TenantParts {
    const { seeder, journalLimit } = this.#order;
    return seededParts(this.#owner, { beginning: this.beginning, seeder, journalLimit });
  }

  get #limits(): Pick<WorldOrder, 'journalLimit' | 'maxDepth'> {
    const { journalLimit, maxDepth } = this.#order;
    return { journalLimit, maxDepth };
  }

  #createOutbox(): Outbox {
    const { activity, waiting, tenant, switches, clock, faults } = this;
    return new Outbox({
      ...{ tenant, switches, clock, faults, deliver: () => this.#deliver, ...this.#limits },
      observer: observerOf({ activity, waiting, quiet: this.#quiet, changed: () => this.hub.changed() }),
    });
  }
}
