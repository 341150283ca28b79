import type { RateLimit } from '../api/rate-limit.ts';
import type { RequestJournal } from '../api/request-journal.ts';
import { Waiting } from '../control/waiting.ts';
import type { AssetStore } from '../domain/asset-store.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { Switches } from '../generated/switches.ts';
import { Outbox } from '../outbox/outbox.ts';
import type { Randomness } from '../randomness.ts';
import type { Sinks } from '../sink/sinks.ts';
import { ActivityLog } from './activity.ts';
import type { Hub } from './hub.ts';
import { Jobs } from './jobs.ts';
import { observeOutbox } from './outbox-observer.ts';
import { Quiet } from './quiet.ts';
import { TenantClock } from './tenant-clock.ts';
import { tagOf } from './tenant-id.ts';
import { copyTenant, type Owner, restoredParts, seededParts, type TenantParts } from './tenant-parts.ts';
import { Turns } from './turns.ts';
import type { Beginning, WorldOrder } from './world-order.ts';
import { savedState, type WorldState } from './world-state.ts';

/** Everything that belongs to one tenant and to nobody else: two tenants share nothing that either can change. */
export class TenantWorld {
  readonly id: number;
  /** The token that opens it; others are issued by it. */
  readonly serviceToken: string;
  /** Mark of the tokens it issues. */
  readonly tag: string;
  readonly hub: Hub;
  readonly clock: TenantClock;
  readonly waiting: Waiting;
  readonly activity: ActivityLog = new ActivityLog();
  /** Moves of the clock: two at once would each take the other's standing still for the tenant's own. */
  readonly moves: Turns = new Turns();
  /** States kept under a name. */
  readonly snapshots: Map<string, WorldState> = new Map();
  beginning: Beginning;
  outbox: Outbox;
  jobs: Jobs;
  #parts: TenantParts;
  #era = 0;
  /** One reset or restore at a time: of two at once the first would leave an outbox behind that nobody can stop. */
  readonly #changes: Turns = new Turns();
  readonly #quiet: Quiet = new Quiet();
  readonly #order: WorldOrder;

  constructor(order: WorldOrder) {
    this.id = order.id;
    this.serviceToken = order.serviceToken;
    this.tag = tagOf(order.id);
    this.hub = order.hub;
    this.clock = new TenantClock(order.clock);
    this.waiting = new Waiting(order.clock);
    this.beginning = order.beginning;
    this.#order = order;
    this.#parts = this.#seeded();
    [this.outbox, this.jobs] = [this.#createOutbox(), new Jobs(this)];
  }

  get tenant(): Tenant {
    return this.#parts.tenant;
  }

  get randomness(): Randomness {
    return this.#parts.randomness;
  }

  get rateLimit(): RateLimit {
    return this.#parts.rateLimit;
  }

  /** Changed in place: everything that assumes something reads it anew each time. */
  get switches(): Switches {
    return this.#parts.switches;
  }

  /** What goes wrong in this tenant. */
  get faults(): FaultPlan {
    return this.#parts.faults;
  }

  get requests(): RequestJournal {
    return this.#parts.requests;
  }

  get sinks(): Sinks {
    return this.#parts.sinks;
  }

  /** What was caused and is not over: deliveries waiting or under way, and imports not written yet. */
  get pending(): number {
    return this.outbox.pending + this.jobs.pending;
  }

  /** Looks at once, as if these were the assets of the tenant. */
  seenWith<Result>(assets: AssetStore, look: () => Result): Result {
    const parts = this.#parts;
    this.#parts = { ...parts, tenant: { ...parts.tenant, assets } };
    try {
      return look();
    } finally {
      this.#parts = parts;
    }
  }

  /** A new trace identifier. */
  trace(): string {
    return this.randomness.letters(16);
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
    this.#parts = this.#seeded();
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
    this.#parts = restoredParts(this.#owner, state);
    [this.outbox, this.jobs] = [this.#createOutbox(), new Jobs(this)];
    const own = `{"TenantID":${this.id},`;
    const isOwn = state.tenant.id === this.id;
    this.outbox.load(state.outbox, isOwn ? undefined : (body) => body.replace(/^\{"TenantID":\d+,/, own));
    for (const job of state.jobs) this.jobs.add(job);
  }

  /** Stops deliveries and ends waits for good. */
  async close(): Promise<void> {
    this.jobs.close();
    this.waiting.close();
    await this.outbox.close();
    this.clock.clear();
  }

  async #stop(): Promise<void> {
    this.jobs.close();
    await this.outbox.close();
    this.#era++;
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

  #createOutbox(): Outbox {
    const { activity, waiting, tenant, switches, clock, faults } = this;
    const observer = observeOutbox({ activity, waiting, quiet: this.#quiet });
    const { deliver, journalLimit } = this.#order;
    return new Outbox({ tenant, switches, clock, faults, deliver, journalLimit, observer });
  }
}
