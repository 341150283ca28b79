import type { Asset } from './asset.ts';

/** One write of one asset: what was there before. */
interface Undo {
  readonly id: number;
  readonly before: Asset | undefined;
}

/** Writes that can be undone at most; what is older has always been there. */
const longest = 20_000;

/**
 * The latest changes of a store, newest last, so that it can be seen as it was some changes ago: that is how a copy that lags behind looks.
 * Versions are kept by reference, which costs next to nothing. Nothing is noted before the first change begins, so a seed has always been there.
 */
export class AssetHistory {
  #changes: Undo[][] = [];
  #writes = 0;
  #state: 'off' | 'begins' | 'goes-on' = 'off';

  /** What is written from now on belongs to another change. */
  next(): void {
    this.#state = 'begins';
  }

  /** An asset is about to be written. */
  note(id: number, before: Asset | undefined): void {
    if (this.#state === 'off') return;
    if (this.#state === 'begins') this.#changes.push([]);
    this.#state = 'goes-on';
    this.#changes.at(-1)?.push({ id, before });
    this.#writes++;
    while (this.#writes > longest) this.#writes -= this.#changes.shift()?.length ?? 0;
    // One change larger than everything that is kept: nothing of it can be undone.
    if (this.#changes.length === 0) this.#state = 'off';
  }

  /** For each asset written in the last `changes` changes, what it was before them; undefined if it was not there. */
  before(changes: number): ReadonlyMap<number, Asset | undefined> {
    const found = new Map<number, Asset | undefined>();
    for (const change of this.#changes.slice(-changes)) {
      for (const { id, before } of change) if (!found.has(id)) found.set(id, before);
    }
    return found;
  }
}
