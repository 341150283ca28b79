import type { Asset } from '../../domain/asset.ts';
import type { AssetStore } from '../../domain/asset-store.ts';

/** Selections kept for each tenant: who pages through a filtered list asks the same question again and again. */
const mostKept = 4;

interface Remembered {
  readonly version: number;
  readonly found: readonly Asset[];
}

/** The latest selections of each store, good until anything in it changes. A page of a filtered list then costs no scan. */
export class SelectionMemory {
  readonly #stores: WeakMap<AssetStore, Map<string, Remembered>> = new WeakMap();

  /** What `select` found for the same question when nothing has changed since, else what it finds now. */
  recall(
    store: AssetStore,
    { question, select }: { question: string; select: () => readonly Asset[] },
  ): readonly Asset[] {
    const kept = this.#stores.get(store) ?? new Map<string, Remembered>();
    this.#stores.set(store, kept);
    const before = kept.get(question);
    if (before?.version === store.version) return before.found;
    const found = select();
    kept.delete(question);
    kept.set(question, { version: store.version, found });
    const oldest = kept.keys().next().value;
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return found;
  }
}
