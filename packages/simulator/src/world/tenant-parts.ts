import { RateLimit } from '../api/rate-limit.ts';
import { RequestJournal } from '../api/request-journal.ts';
import type { Clock } from '../clock.ts';
import type { Tenant } from '../domain/tenant.ts';
import { TokenRegister } from '../domain/token-register.ts';
import { FaultPlan } from '../faults/fault-plan.ts';
import type { Switches } from '../generated/switches.ts';
import { createRandomness, type Randomness } from '../randomness.ts';
import type { TenantSeeder } from '../seed/seed-tenant.ts';
import { Sinks } from '../sink/sinks.ts';
import { runtimeSeed } from './tenant-id.ts';
import type { Beginning } from './tenant-world.ts';
import type { WorldState } from './world-state.ts';

/** What a tenant is made of besides its outbox and clock; shared with no other, replaced as a whole by a reset. */
export interface TenantParts {
  readonly tenant: Tenant;
  readonly randomness: Randomness;
  readonly rateLimit: RateLimit;
  /** Changed in place: whatever assumes something reads it anew each time. */
  readonly switches: Switches;
  readonly faults: FaultPlan;
  readonly requests: RequestJournal;
  readonly sinks: Sinks;
}

/** Whose parts they are. */
export interface Owner {
  readonly id: number;
  /** Mark of the tokens it issues. */
  readonly tag: string;
  readonly serviceToken: string;
  /** By its clock. */
  readonly now: number;
  readonly clock: Clock;
  /** Told when the tenant may have faults. */
  readonly onRule: () => void;
}

/** The parts of a tenant at its beginning. */
export function seededParts(
  owner: Owner,
  { beginning, seeder, journalLimit }: { beginning: Beginning; seeder: TenantSeeder; journalLimit: number },
): TenantParts {
  const { seed, assets, switches } = beginning;
  const randomness = createRandomness(runtimeSeed(seed, owner.id));
  return {
    tenant: seeder.seed({ ...owner, seed, assets, randomness }),
    randomness,
    rateLimit: new RateLimit(),
    switches: { ...switches },
    faults: new FaultPlan({ ...owner, seed: runtimeSeed(seed, owner.id) }),
    requests: new RequestJournal(journalLimit),
    sinks: new Sinks(),
  };
}

/** The parts of a tenant that goes on from a saved state. Tokens stay with the tenant that issued them: another one starts with its own alone. */
export function restoredParts(owner: Owner, state: WorldState): TenantParts {
  const randomness = createRandomness(0);
  randomness.load(state.randomness);
  const tenant = copyTenant(state.tenant, { ...owner, randomness });
  if (state.tenant.id === owner.id) tenant.tokens.load(state.tenant.tokens);
  else tenant.tokens.addService(11, { now: owner.now, value: owner.serviceToken });
  const { switches, rateLimit, requests, sinks, beginning } = state;
  const faults = new FaultPlan({ ...owner, seed: runtimeSeed(beginning.seed, owner.id) });
  faults.load(state.faults);
  return {
    tenant,
    randomness,
    rateLimit: rateLimit.copy(),
    switches: { ...switches },
    faults,
    requests: requests.copy(),
    sinks: sinks.copy(),
  };
}

/** A tenant with the same content that shares nothing changeable with the other; it knows no tokens yet. */
export function copyTenant(
  tenant: Tenant,
  { id, tag, randomness }: { id: number; tag: string; randomness: Randomness },
): Tenant {
  return {
    ...tenant,
    id,
    tokens: new TokenRegister({ id, tag }, randomness),
    assets: tenant.assets.fork(),
    webhooks: new Map([...tenant.webhooks].map(([webhookId, webhook]) => [webhookId, { ...webhook }])),
    variables: new Map(tenant.variables),
    stamps: new Map(tenant.stamps),
  };
}
