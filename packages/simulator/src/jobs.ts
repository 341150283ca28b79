import type { Clock } from './clock.ts';

/** What is to be done after an answer, such as writing the rows of an import (B231). */
export class Jobs {
  readonly #clock: Clock;
  readonly #onDone: () => void;
  readonly #waiting: Set<() => void> = new Set();
  #isClosed = false;

  constructor(clock: Clock, onDone: () => void) {
    this.#clock = clock;
    this.#onDone = onDone;
  }

  /** Jobs that wait for their time. */
  get pending(): number {
    return this.#waiting.size;
  }

  /** Runs `run` after `ms` milliseconds of the clock; 0 is right after the current call, even when the clock stands still. */
  readonly later = (ms: number, run: (now: number) => void): void => {
    if (this.#isClosed) return;
    let isForgotten = false;
    const work = (): void => {
      if (isForgotten) return;
      this.#waiting.delete(forget);
      run(this.#clock.now());
      this.#onDone();
    };
    const cancel = ms > 0 ? this.#clock.after(ms, work) : undefined;
    if (ms <= 0) Promise.resolve().then(work);
    const forget = (): void => {
      isForgotten = true;
      cancel?.();
    };
    this.#waiting.add(forget);
  };

  /** Forgets what waits and whatever comes later. */
  close(): void {
    this.#isClosed = true;
    for (const forget of this.#waiting) forget();
    this.#waiting.clear();
  }
}
