import type { Clock } from '../clock.ts';
import { ControlError } from '../control/control-error.ts';
import { hire } from './hire.ts';
import { type Moment, moments } from './moments.ts';
import { performMass, performSingle } from './perform.ts';
import { type PlacedPhase, placePhases } from './place-phases.ts';
import type { RunState } from './run-state.ts';
import type { SavedRun } from './saved-run.ts';
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
  /** Hours and weekdays count from here. */
  readonly #start: number;
  /** The same, later by the time in which it was nothing but saved. */
  readonly #started: number;
  readonly #duration: number;
  readonly #phases: readonly PlacedPhase[];
  readonly #tally: Tally = new Tally();
  readonly #worker: Worker;
  readonly #moments: Iterator<Moment, undefined>;
  /** Ids of the rules of the phases under way. */
  readonly #rules: Map<PlacedPhase, readonly number[]> = new Map();
  #taken = 0;
  #state: RunState['state'] = 'running';
  #ended: number | undefined;
  #cancel: () => void = () => undefined;
  #resolve: (state: RunState) => void = () => undefined;

  /** Starts a scenario that was checked before, or goes on with one that was saved. */
  constructor(
    work: Scenario | SavedRun,
    { clock, ...outer }: RunOptions & Omit<TrafficWorld, 'now'> & { readonly clock: Clock },
  ) {
    this.over = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    const from = 'scenario' in work ? work : undefined;
    const { seed = 1, speed = 1 } = from ?? outer;
    this.#scenario = 'scenario' in work ? work.scenario : work;
    this.#clock = clock;
    this.#seed = seed;
    this.#speed = speed;
    this.#start = from?.start ?? clock.now();
    this.#started = clock.now() - (from?.elapsed ?? 0) / speed;
    this.#phases = placePhases(this.#scenario);
    this.#duration = Math.max(...this.#phases.map(({ till }) => till));
    const world = { ...outer, now: () => clock.now(), announce: this.#counting(outer.announce) };
    this.#worker = hire(world, { seed, from });
    this.#moments = moments(this.#phases, { seed, start: this.#start });
    if (from) this.#goOnFrom(from);
    this.#wait(this.#moments.next().value);
  }

  /** What another run needs to go on from here; undefined when it is over. */
  save(): SavedRun | undefined {
    if (this.#state !== 'running') return undefined;
    const { randomness, herd } = this.#worker;
    return {
      ...{ scenario: this.#scenario, seed: this.#seed, speed: this.#speed, start: this.#start },
      ...{ elapsed: this.#elapsed(), taken: this.#taken, tally: this.#tally.save() },
      ...{ randomness: randomness.save(), herd: herd.save() },
      rules: [...this.#rules].map(([phase, ids]) => [this.#phases.indexOf(phase), ids] as const),
    };
  }

  /** The same seed and start give the same things to do: those that were done are passed over. */
  #goOnFrom({ taken, tally, rules }: SavedRun): void {
    for (; this.#taken < taken; this.#taken++) this.#moments.next();
    this.#tally.load(tally);
    for (const [index, ids] of rules) {
      const phase = this.#phases[index];
      if (phase) this.#rules.set(phase, ids);
    }
  }

  /** Where it is. */
  state(): RunState {
    const duration = this.#duration;
    const isFinished = this.#state === 'finished';
    return {
      scenario: this.#scenario.name,
      seed: this.#seed,
      speed: this.#speed,
      state: this.#state,
      started: new Date(this.#start).toISOString(),
      ends: new Date(this.#ended ?? this.#started + duration / this.#speed).toISOString(),
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
      this.#taken++;
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
