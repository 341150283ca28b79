/** The latest `limit` items, oldest first; what is pushed out is counted. */
export class Ring<Item> {
  readonly limit: number;
  #slots: Item[] = [];
  #added = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Items that were pushed out. */
  get dropped(): number {
    return Math.max(0, this.#added - this.limit);
  }

  /** Items ever added. */
  get added(): number {
    return this.#added;
  }

  add(item: Item): void {
    if (this.#slots.length < this.limit) this.#slots.push(item);
    else this.#slots[this.#added % this.limit] = item;
    this.#added++;
  }

  /** The slot that the next item takes over, if there is one to take over: its object can be filled anew instead of made anew. */
  get next(): Item | undefined {
    return this.#slots.length < this.limit ? undefined : this.#slots[this.#added % this.limit];
  }

  /** The item that was added as the n-th, counted from 0; undefined before that and when it was pushed out. */
  nth(n: number): Item | undefined {
    return n < this.dropped ? undefined : this.#slots[n % this.limit];
  }

  /** Oldest first. */
  list(): readonly Item[] {
    const start = this.#added % this.limit;
    if (this.#slots.length < this.limit || start === 0) return this.#slots.slice();
    return [...this.#slots.slice(start), ...this.#slots.slice(0, start)];
  }

  /** Another ring with the same items, each passed through `copy`. */
  copy(copy: (item: Item) => Item): Ring<Item> {
    const other = new Ring<Item>(this.limit);
    other.#slots = this.#slots.map(copy);
    other.#added = this.#added;
    return other;
  }
}
