import { RateLimit } from '../api/rate-limit.ts';
import type { Clock } from '../clock.ts';
import { Waiting } from '../control/waiting.ts';
import type { Tenant } from '../domain/tenant.ts';
import { FaultPlan } from '../faults/fault-plan.ts';
import type { Switches } from '../generated/switches.ts';
import type { Deliverer } from '../outbox/deliverer.ts';
import { Outbox } from '../outbox/outbox.ts';
import { createRandomness, type Randomness } from '../randomness.ts';
import type { TenantSeeder } from '../seed/seed-tenant.ts';
import type { Hub } from './hub.ts';
import { runtimeSeed, tagOf } from './tenant-id.ts';

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
  readonly clock: Clock;
  readonly waiting: Waiting;
  beginning: Beginning;
  tenant!: Tenant; // set by #start, as are the others below
  faults!: FaultPlan;
  outbox!: Outbox;
  randomness!: Randomness;
  rateLimit!: RateLimit;
  switches!: Switches;
  readonly #seeder: TenantSeeder;
  #deliver: Deliverer;

  constructor(parts: {
    id: number;
    serviceToken: string;
    hub: Hub;
    clock: Clock;
    seeder: TenantSeeder;
    deliver: Deliverer;
    beginning: Beginning;
  }) {
    this.id = parts.id;
    this.serviceToken = parts.serviceToken;
    this.tag = tagOf(parts.id);
    this.hub = parts.hub;
    this.clock = parts.clock;
    this.waiting = new Waiting(parts.clock);
    this.beginning = parts.beginning;
    this.#seeder = parts.seeder;
    this.#deliver = parts.deliver;
    this.#start();
  }

  /** A new trace identifier. */
  trace(): string {
    return this.randomness.letters(16);
  }

  /** Back to the beginning, or to another one: cancels what is under way, and nothing arrives afterwards. */
  async reset(beginning: Beginning = this.beginning): Promise<void> {
    await this.outbox.close();
    this.beginning = beginning;
    this.#start();
  }

  /** Stops deliveries and ends waits for good. */
  async close(): Promise<void> {
    await this.outbox.close();
  }

  /** Hands the deliveries of this tenant to somebody of its own, from now on. */
  deliverTo(deliver: Deliverer): void {
    this.#deliver = deliver;
    this.outbox.deliverTo(deliver);
  }

  #start(): void {
    const { seed, assets, switches } = this.beginning;
    const { id, tag, serviceToken, clock } = this;
    this.switches = { ...switches };
    this.randomness = createRandomness(runtimeSeed(seed, id));
    const order = { id, tag, serviceToken, seed, assets, now: clock.now(), randomness: this.randomness };
    this.tenant = this.#seeder.seed(order);
    this.rateLimit = new RateLimit();
    this.faults = new FaultPlan({
      seed: runtimeSeed(seed, id),
      clock,
      onRule: () => {
        this.hub.sawFaults = true;
      },
    });
    this.outbox = new Outbox({
      tenant: this.tenant,
      clock,
      faults: this.faults,
      deliver: this.#deliver,
      switches: this.switches,
      onFinished: (record) => this.waiting.finished(record),
    });
  }
}
