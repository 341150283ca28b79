import type { Clock } from '../clock.ts';

/** Answers that come late. When their tenant is reset or closed they come at once: its clock forgets what waits, and no caller may hang. */
export class LateAnswers {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #waiting: Set<() => void> = new Set();

  constructor(clock: Pick<Clock, 'after'>) {
    this.#clock = clock;
  }

  /** Resolves after `ms` milliseconds by the clock. */
  hold(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        this.#waiting.delete(go);
        cancel();
        resolve();
      };
      const cancel = this.#clock.after(ms, go);
      this.#waiting.add(go);
    });
  }

  /** Lets all go at once. */
  release(): void {
    for (const go of this.#waiting) go();
  }
}
