import type { Named } from './reference-data.ts';

/** How names are compared: without regard to case, outer spaces and kinds of line break. */
export function fold(text: string): string {
  return plain(text).toLowerCase();
}

/** A text as a cell can hold it: outer spaces and carriage returns do not survive. */
export function plain(text: string): string {
  return (text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text).trim();
}

/** Finds things by name; the first of several with the same name wins. */
export class NameIndex<T> {
  readonly #byName: Map<string, T> = new Map();

  constructor(items: Iterable<T>, nameOf: (item: T) => string) {
    for (const item of items) {
      const name = fold(nameOf(item));
      if (!this.#byName.has(name)) this.#byName.set(name, item);
    }
  }

  find(name: string): T | undefined {
    return this.#byName.get(fold(name));
  }

  add(name: string, item: T): T {
    this.#byName.set(fold(name), item);
    return item;
  }
}

/** Named things to which a new name may be added (B239). What it was given stays as it was. */
export class GrowingNames {
  readonly #items: Map<number, Named>;
  readonly #index: NameIndex<Named>;

  constructor(items: ReadonlyMap<number, Named>) {
    this.#items = new Map(items);
    this.#index = new NameIndex(items.values(), ({ name }) => name);
  }

  /** All of them, the new ones included. */
  get items(): ReadonlyMap<number, Named> {
    return this.#items;
  }

  /** The id of a name, an id of its own for a new one. */
  idOf(name: string): number {
    const known = this.#index.find(name);
    if (known) return known.id;
    const item = { id: nextId(this.#items), name };
    this.#items.set(item.id, item);
    return this.#index.add(name, item).id;
  }
}

/** One more than the largest id there is. */
export function nextId(items: ReadonlyMap<number, unknown>): number {
  let last = 0;
  for (const id of items.keys()) last = Math.max(last, id);
  return last + 1;
}
