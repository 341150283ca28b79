import type { Asset } from './asset.ts';

/**
 * The assets that are not deleted, in id order, kept as a list: a page costs the same at any depth. New and changed assets cost next to
 * nothing; after a deletion or restoration the list is made anew when somebody asks for it.
 */
export class LiveAssets {
  #list: Asset[] = [];
  #isCurrent = true;
  #isShared = false;

  /** Another list of the same assets; whoever changes first copies. */
  fork(): LiveAssets {
    const other = new LiveAssets();
    other.#list = this.#list;
    other.#isCurrent = this.#isCurrent;
    other.#isShared = true;
    this.#isShared = true;
    return other;
  }

  /** Takes note of a record and of the one it replaces. */
  put(asset: Asset, before: Asset | undefined): void {
    if (!this.#isCurrent) return;
    const [isLive, wasLive] = [asset.deleted === null, before?.deleted === null];
    if (!isLive && !wasLive) return;
    if (!isLive || (!wasLive && asset.id < (this.#list.at(-1)?.id ?? 0))) {
      this.#isCurrent = false;
      return;
    }
    if (this.#isShared) this.#list = this.#list.slice();
    this.#isShared = false;
    if (wasLive) this.#list[this.#indexOf(asset.id)] = asset;
    else this.#list.push(asset);
  }

  /** The list; `all` gives every asset in id order when it has to be made anew. */
  list(all: () => readonly Asset[]): readonly Asset[] {
    if (!this.#isCurrent) {
      this.#list = all().filter(({ deleted }) => deleted === null);
      this.#isCurrent = true;
      this.#isShared = false;
    }
    return this.#list;
  }

  /** Index of an id that is there; ids often have no gaps, so its distance from the first is tried before halving. */
  #indexOf(id: number): number {
    const list = this.#list;
    const guess = id - (list[0]?.id ?? 0);
    if (list[guess]?.id === id) return guess;
    let [low, high] = [0, list.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle]?.id ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
