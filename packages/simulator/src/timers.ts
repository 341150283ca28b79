interface Timer {
  readonly due: number;
  /** Among those due at the same time the one set first runs first. */
  readonly order: number;
  readonly run: () => void;
  cancelled: boolean;
}

/** Timers in the order in which they fall due: a binary heap, because a storm sets many thousands of them. */
export class Timers {
  #heap: Timer[] = [];
  #cancelled = 0;
  #order = 0;

  /** Returns what cancels it. */
  add(due: number, run: () => void): () => void {
    const timer: Timer = { due, order: this.#order++, run, cancelled: false };
    this.#heap.push(timer);
    for (let at = this.#heap.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.#swapIfLess(at, parent)) break;
      at = parent;
    }
    return () => {
      if (timer.cancelled) return;
      timer.cancelled = true;
      if (++this.#cancelled > 1_000 && this.#cancelled * 2 > this.#heap.length) this.#sweep();
    };
  }

  /** Most timers of a storm are time limits that are cancelled: they must not pile up until they would have been due. */
  #sweep(): void {
    // A sorted list is a heap.
    this.#heap = this.#heap.filter(({ cancelled }) => !cancelled).sort((a, b) => a.due - b.due || a.order - b.order);
    this.#cancelled = 0;
  }

  /** Takes the first timer due by `until`; undefined when there is none. */
  next(until: number): Timer | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (!first || (first.due > until && !first.cancelled)) return undefined;
      this.#removeFirst();
      if (!first.cancelled) {
        first.cancelled = true;
        return first;
      }
      this.#cancelled--;
    }
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (!last || this.#heap.length === 0) return;
    this.#heap[0] = last;
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const less = this.#less(left + 1, left) ? left + 1 : left;
      if (!this.#swapIfLess(less, at)) return;
      at = less;
    }
  }

  #less(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    return a !== undefined && b !== undefined && (a.due < b.due || (a.due === b.due && a.order < b.order));
  }

  #swapIfLess(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (!a || !b || !this.#less(one, other)) return false;
    [this.#heap[one], this.#heap[other]] = [b, a];
    return true;
  }
}
