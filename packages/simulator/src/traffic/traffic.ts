import type { TenantWorld } from '../world/tenant-world.ts';
import type { RunState } from './run-state.ts';
import type { SavedRun } from './saved-run.ts';
import type { Scenario } from './scenario.ts';
import { type RunOptions, ScenarioRun } from './scenario-run.ts';

/** The scenario of a tenant: at most one runs at a time, so that its fingerprint is of its events alone. */
export class Traffic {
  readonly #world: TenantWorld;
  #run: ScenarioRun | undefined;

  constructor(world: TenantWorld) {
    this.#world = world;
  }

  /** Starts a scenario that was checked; undefined, and nothing changes, while another one runs. */
  start(scenario: Scenario, options: RunOptions): RunState | undefined {
    if (this.state()?.state === 'running') return undefined;
    return this.#begin(scenario, options);
  }

  /** What runs, for somebody who goes on with it; undefined when nothing does. */
  save(): SavedRun | undefined {
    return this.#run?.save();
  }

  /** Goes on with what was saved, in the tenant as it is now. Only while nothing runs. */
  load(saved: SavedRun): void {
    this.#begin(saved, {});
  }

  #begin(work: Scenario | SavedRun, options: RunOptions): RunState {
    const { tenant, switches, clock, outbox, faults, waiting } = this.#world;
    this.#run = new ScenarioRun(work, {
      ...options,
      ...{ tenant, switches, clock, faults },
      announce: (events, cause) => void outbox.announce(events, { cause }),
    });
    void this.#run.over.then(() => waiting.finished());
    return this.#run.state();
  }

  /** Where the latest scenario is; undefined when there was none. */
  state(): RunState | undefined {
    return this.#run?.state();
  }

  /** Ends the scenario that runs, if one does. What it has caused stays. */
  stop(): RunState | undefined {
    this.#run?.stop();
    return this.state();
  }

  /** Ends the scenario that runs and knows nothing of it any more: the state it worked on is gone. */
  forget(): void {
    this.#run?.stop();
    this.#run = undefined;
  }
}
