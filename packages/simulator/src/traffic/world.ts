import type { AssetEvent } from '../domain/asset.ts';
import type { Member } from '../domain/member.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { Switches } from '../generated/switches.ts';
import type { Randomness } from '../randomness.ts';
import type { Herd } from './herd.ts';

/** What a scenario acts on: one tenant, its clock and its outbox. */
export interface TrafficWorld {
  readonly tenant: Tenant;
  readonly switches: Switches;
  /** Milliseconds, UTC. */
  readonly now: () => number;
  /** Hands events to the outbox; `cause` is the operation. */
  readonly announce: (events: readonly AssetEvent[], cause: string) => void;
  /** What goes wrong in the tenant. */
  readonly faults: Pick<FaultPlan, 'add' | 'remove'>;
}

/** Somebody at work in a tenant: what an action needs. */
export interface Worker {
  readonly world: TrafficWorld;
  readonly herd: Herd;
  readonly randomness: Randomness;
  /** The API user whose rights the operations check. */
  readonly member: Member;
}
