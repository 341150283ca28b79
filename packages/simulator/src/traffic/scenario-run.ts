import type { Clock } from '../clock.ts';
import { ControlError } from '../control/control-error.ts';
import { createRandomness } from '../randomness.ts';
import { Herd } from './herd.ts';
import { type Moment, moments } from './moments.ts';
import { performMass, performSingle } from './perform.ts';
import { type PlacedPhase, placePhases } from './place-phases.ts';
import type { RunState } from './run-state.ts';
import type { PhaseFault, Scenario } from './scenario.ts';
import { Tally } from './tally.ts';
import type { TrafficWorld, Worker } from './world.ts';

/** How to run a scenario. */
export interface RunOptions {
  /** Whole number; the same seed, start and scenario give the same events. Default 1. */
  readonly seed?: number;
  /** How much faster than the tenant's clock, 0.001 to 1000000. Default 1. A virtual clock needs none. */
  readonly speed?: number;
}

// Timers of the platform overflow after 24 days; a longer pause is waited for in pieces.
const longestTimer = 86_400_000;

/**
 * A scenario under way. It has one timer at a time on the tenant's clock: a virtual clock runs it when it is advanced, the computer's
 * own in real time.
 */
export class ScenarioRun {
  /** Resolves when it has finished or was stopped. */
  readonly over: Promise<RunState>;
  readonly #scenario: Scenario;
  readonly #clock: Clock;
  readonly #seed: number;
  readonly #speed: number;
  readonly #started: number;
  readonly #duration: number;
  readonly #tally: Tally = new Tally();
  readonly #worker: Worker;
  readonly #moments: Iterator<Moment, undefined>;
  /** Ids of the rules of the phases under way. */
  readonly #rules: Map<PlacedPhase, readonly number[]> = new Map();
  #state: RunState['state'] = 'running';
  #ended: number | undefined;
  #cancel: () => void = () => undefined;
  #resolve: (state: RunState) => void = () => undefined;

  /** Starts a scenario that was checked before. */
  constructor(
    scenario: Scenario,
    { seed = 1, speed = 1, clock, ...outer }: RunOptions & Omit<TrafficWorld, 'now'> & { readonly clock: Clock },
  ) {
    this.over = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#scenario = scenario;
    this.#clock = clock;
    this.#seed = seed;
    this.#speed = speed;
    this.#started = clock.now();
    const phases = placePhases(scenario);
    this.#duration = Math.max(...phases.map(({ till }) => till));
    this.#worker = hire({ ...outer, now: () => clock.now(), announce: this.#counting(outer.announce) }, seed);
    this.#moments = moments(phases, { seed, start: this.#started });
    this.#wait(this.#moments.next().value);
  }

  /** Where it is. */
  state(): RunState {
    const [started, duration] = [this.#started, this.#duration];
    const isFinished = this.#state === 'finished';
    return {
      scenario: this.#scenario.name,
      seed: this.#seed,
      speed: this.#speed,
      state: this.#state,
      started: new Date(started).toISOString(),
      ends: new Date(this.#ended ?? started + duration / this.#speed).toISOString(),
      progress: isFinished ? 1 : Math.min(1, this.#elapsed() / Math.max(1, duration)),
      ...this.#tally.read(),
    };
  }

  /** Ends it now; what it has caused stays. Calling it again is harmless. */
  stop(): void {
    this.#end('stopped');
  }

  /** Milliseconds of the scenario's own time. */
  #elapsed(): number {
    return ((this.#ended ?? this.#clock.now()) - this.#started) * this.#speed;
  }

  #counting(announce: TrafficWorld['announce']): TrafficWorld['announce'] {
    return (events, cause) => {
      this.#tally.events(events, { cause, now: this.#clock.now() });
      announce(events, cause);
    };
  }

  #wait(next: Moment | undefined): void {
    const left = Math.max(0, (next?.at ?? this.#duration) - this.#elapsed()) / this.#speed;
    this.#cancel = this.#clock.after(Math.min(left, longestTimer), () => {
      if (left > longestTimer) return this.#wait(next);
      if (!next) return this.#end('finished');
      this.#act(next);
      // What it did may have stopped it.
      if (this.#state === 'running') this.#wait(this.#moments.next().value);
    });
  }

  #act(moment: Moment): void {
    switch (moment.kind) {
      case 'single':
        this.#tally.action(moment.action, performSingle(this.#worker, moment));
        return;
      case 'mass':
        this.#tally.action(moment.step.action, performMass(this.#worker, moment.step));
        return;
      case 'faults-begin':
        this.#rules.set(
          moment.of,
          moment.faults.flatMap((rule) => this.#break(rule)),
        );
        return;
      case 'faults-end':
        this.#repair(moment.of);
        return;
      default:
        moment satisfies never;
    }
  }

  /** A plan that is full refuses: the scenario goes on without the fault, and its state tells. */
  #break(rule: PhaseFault): readonly number[] {
    try {
      return [this.#worker.world.faults.add(rule).id];
    } catch (error) {
      if (!(error instanceof ControlError)) throw error;
      this.#tally.action('fault', 'refused');
      return [];
    }
  }

  #repair(phase: PlacedPhase): void {
    for (const id of this.#rules.get(phase) ?? []) this.#worker.world.faults.remove(id);
    this.#rules.delete(phase);
  }

  #end(as: 'finished' | 'stopped'): void {
    if (this.#state !== 'running') return;
    this.#state = as;
    this.#ended = this.#clock.now();
    this.#cancel();
    for (const phase of [...this.#rules.keys()]) this.#repair(phase);
    this.#resolve(this.state());
  }
}

function hire(world: TrafficWorld, seed: number): Worker {
  // Not the stream that made the tenant, which has the same seed more often than not.
  const randomness = createRandomness(seed ^ 0x7472_6166);
  const [member] = world.tenant.members.values();
  if (!member) throw new Error('The tenant has no member who could act.');
  return { world, randomness, member, herd: new Herd(world.tenant.assets, randomness) };
}
