import type { What } from './planned-faults.ts';

/** How many deliveries led to what is carried out now. */
export class CausingDepth {
  #now = 0;

  /** What is sent while `act` runs, up to its first await, was caused by a call of this depth. */
  within<Result>(depth: number, act: () => Result): Result {
    this.#now = depth;
    try {
      return act();
    } finally {
      this.#now = 0;
    }
  }

  /** A delivery that was caused by a call of this depth; none is written down where no delivery led to it. */
  mark(what: What, depth: number = this.#now): What {
    return depth > 0 ? { ...what, depth: depth + 1 } : what;
  }
}
