/** First in, first out, in constant time: an array whose front is given back in large pieces. */
export class Queue<Item> {
  #items: Item[] = [];
  #head = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  shift(): Item | undefined {
    if (this.size === 0) return undefined;
    const item = this.#items[this.#head++];
    if (this.#head < 1_000 || this.#head * 2 < this.#items.length) return item;
    this.#items = this.#items.slice(this.#head);
    this.#head = 0;
    return item;
  }

  /** What waits, in order. */
  list(): readonly Item[] {
    return this.#items.slice(this.#head);
  }

  /** Takes everything out. */
  clear(): readonly Item[] {
    const items = this.list();
    this.#items = [];
    this.#head = 0;
    return items;
  }
}
