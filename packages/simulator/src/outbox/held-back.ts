import type { Clock } from '../clock.ts';
import type { Hold } from './lane.ts';

interface Held<Item> {
  readonly item: Item;
  /** Others that still have to pass; null: only time counts. */
  others: number | null;
  readonly cancel: () => void;
}

/** Deliveries of one webhook that wait until others have passed, or until their time is up. */
export class HeldBack<Item> {
  readonly #clock: Clock;
  readonly #release: (item: Item) => void;
  readonly #held: Set<Held<Item>> = new Set();

  constructor(parts: { clock: Clock; release: (item: Item) => void }) {
    this.#clock = parts.clock;
    this.#release = parts.release;
  }

  get size(): number {
    return this.#held.size;
  }

  /** Keeps an item until `others` have passed (null: that does not matter), at most `ms` milliseconds. */
  hold(item: Item, { others, ms }: Hold): void {
    const held: Held<Item> = { item, others, cancel: this.#clock.after(ms, () => this.#letGo(held)) };
    this.#held.add(held);
  }

  /** Another delivery of the webhook is on its way. */
  passed(): void {
    for (const held of this.#held) if (held.others !== null && --held.others === 0) this.#letGo(held);
  }

  /** Gives back everything that is held; nothing is released any more. */
  clear(): readonly Item[] {
    const items = [...this.#held].map(({ item, cancel }) => {
      cancel();
      return item;
    });
    this.#held.clear();
    return items;
  }

  #letGo(held: Held<Item>): void {
    if (!this.#held.delete(held)) return;
    held.cancel();
    this.#release(held.item);
  }
}
