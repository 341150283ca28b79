import type { RateLimit } from '../api/rate-limit.ts';
import type { RequestJournal } from '../api/request-journal.ts';
import type { Clock } from '../clock.ts';
import { Waiting } from '../control/waiting.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { Switches } from '../generated/switches.ts';
import type { Deliverer } from '../outbox/deliverer.ts';
import { Outbox } from '../outbox/outbox.ts';
import type { Randomness } from '../randomness.ts';
import type { TenantSeeder } from '../seed/seed-tenant.ts';
import type { Sinks } from '../sink/sinks.ts';
import { ActivityLog } from './activity.ts';
import type { Hub } from './hub.ts';
import { Jobs } from './jobs.ts';
import { Quiet } from './quiet.ts';
import { TenantClock } from './tenant-clock.ts';
import { tagOf } from './tenant-id.ts';
import { copyTenant, type Owner, restoredParts, seededParts, type TenantParts } from './tenant-parts.ts';
import type { WorldState } from './world-state.ts';

/** What a tenant starts with and goes back to. */
export interface Beginning {
  readonly seed: number;
  readonly assets: number;
  readonly switches: Switches;
}

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
  /** States kept under a name. */
  readonly snapshots: Map<string, WorldState> = new Map();
  beginning: Beginning;
  outbox: Outbox;
  jobs: Jobs;
  #parts: TenantParts;
  readonly #quiet: Quiet = new Quiet();
  readonly #seeder: TenantSeeder;
  readonly #deliver: Deliverer;
  readonly #journalLimit: number;

  constructor(order: {
    id: number;
    serviceToken: string;
    hub: Hub;
    /** The host's. */
    clock: Clock;
    seeder: TenantSeeder;
    deliver: Deliverer;
    journalLimit: number;
    beginning: Beginning;
  }) {
    this.id = order.id;
    this.serviceToken = order.serviceToken;
    this.tag = tagOf(order.id);
    this.hub = order.hub;
    this.clock = new TenantClock(order.clock);
    this.waiting = new Waiting(order.clock);
    this.beginning = order.beginning;
    this.#seeder = order.seeder;
    this.#deliver = order.deliver;
    this.#journalLimit = order.journalLimit;
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

  /** A new trace identifier. */
  trace(): string {
    return this.randomness.letters(16);
  }

  /** Resolves when no call is under way and none is about to begin, or after `patience` milliseconds of real time. */
  quiet(patience: number): Promise<void> {
    return this.outbox.isQuiet ? Promise.resolve() : this.#quiet.wait(patience);
  }

  /** Back to the beginning, or to another one: cancels what is under way, and nothing arrives afterwards. Snapshots are kept. */
  async reset(beginning: Beginning = this.beginning): Promise<void> {
    await this.#stop();
    this.beginning = beginning;
    this.clock.load({ mode: 'real', value: 0 });
    this.activity.reset();
    this.#parts = this.#seeded();
    [this.outbox, this.jobs] = [this.#createOutbox(), new Jobs(this)];
  }

  save(): WorldState {
    const { tenant, randomness, switches, rateLimit, requests, sinks, id, tag } = this;
    const copy = copyTenant(tenant, { id, tag, randomness });
    copy.tokens.load(tenant.tokens);
    return {
      beginning: this.beginning,
      clock: this.clock.save(),
      tenant: copy,
      randomness: randomness.save(),
      switches: { ...switches },
      rateLimit: rateLimit.copy(),
      outbox: this.outbox.save(),
      jobs: this.jobs.save(),
      requests: requests.copy(),
      transcript: this.activity.transcript.copy(),
      sinks: sinks.copy(),
    };
  }

  /** Goes on from a saved state: its own, or that of another tenant, whose tokens and id stay with that one. */
  async load(state: WorldState): Promise<void> {
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
    this.waiting.endAll();
  }

  get #owner(): Owner {
    return { id: this.id, tag: this.tag, serviceToken: this.serviceToken, now: this.clock.now() };
  }

  #seeded(): TenantParts {
    const { beginning } = this;
    return seededParts(this.#owner, { beginning, seeder: this.#seeder, journalLimit: this.#journalLimit });
  }

  #createOutbox(): Outbox {
    const { activity, waiting, tenant, switches, clock } = this;
    const finished = (record: Parameters<typeof activity.finished>[0]): void => {
      activity.finished(record);
      waiting.finished(record);
    };
    return new Outbox({
      ...{ tenant, switches, clock, deliver: this.#deliver, journalLimit: this.#journalLimit },
      observer: {
        announced: (event) => activity.announced(event),
        queued: (record) => activity.queued(record),
        attempted: (record, attempt) => activity.attempted(record, attempt),
        finished,
        quiet: () => this.#quiet.reached(),
      },
    });
  }
}
