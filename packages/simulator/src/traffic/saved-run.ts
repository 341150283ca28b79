import type { RandomnessState } from '../randomness.ts';
import type { TranscriptState } from '../world/transcript.ts';
import type { HerdState } from './herd.ts';
import type { RunState } from './run-state.ts';
import type { Scenario } from './scenario.ts';

/** What a run has counted. */
export interface TallyState extends Pick<RunState, 'actions' | 'events' | 'idle' | 'refused'> {
  readonly transcript: TranscriptState;
}

/** A scenario under way as plain data: another run goes on from it with the very next thing. */
export interface SavedRun {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly speed: number;
  /** By the tenant's clock, milliseconds, UTC: hours and weekdays of the scenario count from here. */
  readonly start: number;
  /** Milliseconds of the scenario's own time that are over. */
  readonly elapsed: number;
  /** Things that were done; the next one is not among them. */
  readonly taken: number;
  readonly randomness: RandomnessState;
  readonly herd: HerdState;
  readonly tally: TallyState;
  /** Faults of phases under way: number of the phase and ids of its rules. */
  readonly rules: readonly (readonly [number, readonly number[]])[];
}
