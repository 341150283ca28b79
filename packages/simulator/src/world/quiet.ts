import { systemClock } from '../clock.ts';

/** Callers that wait until nothing is under way. */
export class Quiet {
  readonly #waiters: Set<() => void> = new Set();

  /** Nothing is under way any more. */
  reached(): void {
    for (const resume of this.#waiters) resume();
  }

  /** Resolves when it is reached, or after `patience` milliseconds of real time: a receiver that never answers must not stop time for ever. */
  wait(patience: number): Promise<void> {
    return new Promise((resolve) => {
      const resume = (): void => {
        this.#waiters.delete(resume);
        cancel();
        resolve();
      };
      const cancel = systemClock.after(patience, resume);
      this.#waiters.add(resume);
    });
  }
}
