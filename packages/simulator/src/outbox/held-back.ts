import type { Clock } from '../clock.ts';

/** What a delivery waits for before it goes out: others of its webhook that pass first (null: none), at most `ms` milliseconds. */
export interface Hold {
  readonly others: number | null;
  readonly ms: number;
}

interface Holdable {
  /** Others that still have to pass; null: only time counts. */
  others: number | null;
  /** When it goes out in any case, in milliseconds. */
  readonly due: number;
  /** Ends what it waits for. */
  stop: () => void;
}

/** Deliveries of one webhook that wait until others have passed, or until their time is up. */
export class HeldBack<Item extends Holdable> {
  readonly #clock: Clock;
  readonly #release: (item: Item) => void;
  readonly #held: Set<Item> = new Set();

  /** `release` takes an item whose time is up. */
  constructor(clock: Clock, release: (item: Item) => void) {
    this.#clock = clock;
    this.#release = release;
  }

  get size(): number {
    return this.#held.size;
  }

  list(): readonly Item[] {
    return [...this.#held];
  }

  hold(item: Item): void {
    this.#held.add(item);
    item.stop = this.#clock.after(Math.max(0, item.due - this.#clock.now()), () => {
      if (this.#held.delete(item)) this.#release(item);
    });
  }

  /** Another delivery of the webhook is on its way; returns those that have let enough pass. */
  passed(): readonly Item[] {
    if (this.#held.size === 0) return none;
    const free: Item[] = [];
    for (const item of this.#held) {
      if (item.others === null || --item.others > 0) continue;
      this.#held.delete(item);
      item.stop();
      free.push(item);
    }
    return free;
  }

  /** Nothing is released any more; whoever clears ends what the items wait for. */
  clear(): void {
    this.#held.clear();
  }
}

const none: readonly never[] = [];
