import type { Clock } from '../clock.ts';
import type { Switches } from '../generated/switches.ts';
import type { Deliverer } from '../outbox/deliverer.ts';
import type { TenantSeeder } from '../seed/seed-tenant.ts';
import type { Hub } from './hub.ts';

/** What a tenant starts with and goes back to. */
export interface Beginning {
  readonly seed: number;
  readonly assets: number;
  readonly switches: Switches;
}

/** A tenant to make. */
export interface WorldOrder {
  readonly id: number;
  readonly serviceToken: string;
  readonly hub: Hub;
  /** The host's. */
  readonly clock: Clock;
  readonly seeder: TenantSeeder;
  readonly deliver: Deliverer;
  readonly journalLimit: number;
  /** Deliveries that may follow one from the other. */
  readonly maxDepth: number;
  readonly beginning: Beginning;
}
