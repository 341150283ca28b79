import { Timers } from './timers.ts';

/** Where the simulator takes time from. Tests inject their own; nothing in the simulator reads the wall clock directly. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
  /** Runs `run` once, `ms` milliseconds from now; the returned function cancels it. */
  after(ms: number, run: () => void): () => void;
  /**
   * Runs `run` when others had their turn; the returned function cancels it. What is large is done in slices with this. A clock without it
   * has everything done at once, which is what a test wants.
   */
  soon?(run: () => void): () => void;
}

// Taken when the module is loaded: a test that later fakes the global timers must not freeze the simulator.
const { setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;
const readTime = Date.now;

interface Immediates {
  readonly setImmediate?: (run: () => void) => unknown;
  readonly clearImmediate?: (handle: unknown) => void;
}
// Node's own, which browsers lack: its timers, when they take long, run one after the other and no socket is read in between.
const platform = globalThis as unknown as Immediates; // the types of the platform are those of whoever compiles
const { setImmediate: startImmediate, clearImmediate: stopImmediate } = platform;

/** The computer's own time. */
export const systemClock: Clock = {
  now: () => readTime(),
  after(ms, run) {
    const timer = startTimer(run, ms);
    return () => stopTimer(timer);
  },
  soon(run) {
    if (startImmediate) {
      const immediate = startImmediate(run);
      return () => stopImmediate?.(immediate);
    }
    const timer = startTimer(run, 0);
    return () => stopTimer(timer);
  },
};

/** Resolves when others had their turn, at once where the clock has no `soon`. */
export function pause(clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    if (clock.soon) clock.soon(resolve);
    else resolve();
  });
}

/** A clock that stands still until it is moved. */
export interface ManualClock extends Clock {
  /** Moves time forward by `ms` milliseconds and runs what falls due, in order. */
  advance(ms: number): void;
}

/** A clock for tests: starts at `start` (milliseconds, UTC) and moves only by `advance`. */
export function createManualClock(start: number): ManualClock {
  let time = start;
  const timers = new Timers();
  return {
    now: () => time,
    after: (ms, run) => timers.add(time + ms, run),
    advance(ms) {
      const until = time + ms;
      for (let next = timers.next(until); next; next = timers.next(until)) {
        time = Math.max(time, next.due);
        next.run();
      }
      time = until;
    },
  };
}
