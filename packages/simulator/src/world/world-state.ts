import type { RateLimit } from '../api/rate-limit.ts';
import type { RequestJournal } from '../api/request-journal.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { Switches } from '../generated/switches.ts';
import type { OutboxState } from '../outbox/outbox-state.ts';
import type { RandomnessState } from '../randomness.ts';
import type { Sinks } from '../sink/sinks.ts';
import type { Job } from './jobs.ts';
import type { ClockState } from './tenant-clock.ts';
import type { Beginning } from './tenant-world.ts';
import type { Transcript } from './transcript.ts';

/** One tenant at one moment: what is needed to go on from there as if nothing had happened since. */
export interface WorldState {
  readonly beginning: Beginning;
  readonly clock: ClockState;
  readonly tenant: Tenant;
  readonly randomness: RandomnessState;
  readonly switches: Switches;
  readonly rateLimit: RateLimit;
  readonly outbox: OutboxState;
  readonly jobs: readonly Job[];
  readonly requests: RequestJournal;
  readonly transcript: Transcript;
  readonly sinks: Sinks;
}
