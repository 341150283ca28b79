import type { RateLimit } from '../api/rate-limit.ts';
import type { RequestJournal } from '../api/request-journal.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { FaultPlanState } from '../faults/fault-plan.ts';
import type { Switches } from '../generated/switches.ts';
import type { OutboxState } from '../outbox/outbox-state.ts';
import type { RandomnessState } from '../randomness.ts';
import type { Sinks } from '../sink/sinks.ts';
import type { SavedRun } from '../traffic/saved-run.ts';
import type { Job } from './jobs.ts';
import type { ClockState } from './tenant-clock.ts';
import type { TenantWorld } from './tenant-world.ts';
import type { Transcript } from './transcript.ts';
import type { Beginning } from './world-order.ts';

/** One tenant at one moment: what is needed to go on from there as if nothing had happened since. */
export interface WorldState {
  readonly beginning: Beginning;
  readonly clock: ClockState;
  readonly tenant: Tenant;
  readonly randomness: RandomnessState;
  readonly switches: Switches;
  readonly rateLimit: RateLimit;
  readonly faults: FaultPlanState;
  readonly outbox: OutboxState;
  readonly jobs: readonly Job[];
  readonly requests: RequestJournal;
  readonly transcript: Transcript;
  readonly sinks: Sinks;
  /** The scenario that runs, if one does. */
  readonly traffic: SavedRun | undefined;
}

/** What a tenant is at this moment; `tenant` is a copy of its content. */
export function savedState(world: TenantWorld, tenant: Tenant): WorldState {
  const { beginning, clock, randomness, switches, rateLimit, faults, outbox, jobs, requests, activity, sinks } = world;
  return {
    beginning,
    clock: clock.save(),
    tenant,
    randomness: randomness.save(),
    switches: { ...switches },
    rateLimit: rateLimit.copy(),
    faults: faults.save(),
    outbox: outbox.save(),
    jobs: jobs.save(),
    requests: requests.copy(),
    transcript: activity.transcript.copy(),
    sinks: sinks.copy(),
    traffic: world.traffic.save(),
  };
}
