/** Runs so many pieces of work at the same time, in the order they came. */
export class WorkQueue {
  readonly #waiting: (() => Promise<void>)[] = [];
  readonly #most: number;
  readonly #onFree: () => void;
  #running = 0;

  /** `onFree` is called whenever a piece has ended. */
  constructor(most: number, onFree: () => void) {
    this.#most = most;
    this.#onFree = onFree;
  }

  /** Whether as much waits as can run at once: reason enough to fetch no more. */
  get isFull(): boolean {
    return this.#waiting.length >= this.#most;
  }

  get running(): number {
    return this.#running;
  }

  /** The work must not reject. */
  push(work: () => Promise<void>): void {
    this.#waiting.push(work);
    this.#next();
  }

  /** Forgets what has not begun. */
  clear(): void {
    this.#waiting.length = 0;
  }

  #next(): void {
    while (this.#running < this.#most) {
      const work = this.#waiting.shift();
      if (!work) return;
      this.#running++;
      void work().finally(() => {
        this.#running--;
        this.#next();
        this.#onFree();
      });
    }
  }
}
