import type { Asset } from './asset.ts';
import { AssetHistory } from './asset-history.ts';

/** The assets of one tenant, in id order. A record is replaced, never changed in place. */
export class AssetStore {
  #byId: Map<number, Asset> = new Map();
  #childIds: Map<number, Set<number>> = new Map();
  /** Parents whose set of children no other store reads; undefined while even the maps are read by others. */
  #ownSets: Set<number> | undefined = new Set();
  #live: readonly Asset[] | undefined;
  #nextId: number;
  /** The latest changes of this store; a fork begins without any. */
  readonly history: AssetHistory = new AssetHistory();

  constructor(firstId: number) {
    this.#nextId = firstId;
  }

  /** Another store with the same assets. Costs nothing until one of the two is written to: that one copies its maps first. */
  fork(): AssetStore {
    const other = new AssetStore(this.#nextId);
    other.#byId = this.#byId;
    other.#childIds = this.#childIds;
    other.#live = this.#live;
    other.#ownSets = undefined;
    this.#ownSets = undefined;
    return other;
  }

  /** Another store with the assets as they were before the last `changes` changes. */
  past(changes: number): AssetStore {
    const past = this.fork();
    for (const [id, before] of this.history.before(changes)) {
      if (before) past.put(before);
      else past.#remove(id);
    }
    return past;
  }

  /** How many assets there are, deleted ones included. */
  get size(): number {
    return this.#byId.size;
  }

  /** The id that the next asset gets; ids only grow. */
  takeId(): number {
    return this.#nextId++;
  }

  get(id: number): Asset | undefined {
    return this.#byId.get(id);
  }

  /** Adds an asset or puts a new version of it in place. */
  put(asset: Asset): Asset {
    const ownSets = this.#own();
    const before = this.#byId.get(asset.id);
    this.history.note(asset.id, before);
    if (before?.parentId !== asset.parentId) {
      if (before?.parentId != null) this.#children(before.parentId, ownSets).delete(asset.id);
      if (asset.parentId !== null) this.#children(asset.parentId, ownSets).add(asset.id);
    }
    this.#byId.set(asset.id, asset);
    this.#live = undefined;
    return asset;
  }

  /** As if it had never been there. */
  #remove(id: number): void {
    const asset = this.#byId.get(id);
    if (asset) this.put({ ...asset, parentId: null, deleted: asset.deleted ?? 0 });
    this.#byId.delete(id);
  }

  #own(): Set<number> {
    if (this.#ownSets) return this.#ownSets;
    this.#byId = new Map(this.#byId);
    this.#childIds = new Map(this.#childIds);
    this.#ownSets = new Set();
    return this.#ownSets;
  }

  /** The ids below a parent, fit for writing. */
  #children(parentId: number, ownSets: Set<number>): Set<number> {
    const known = this.#childIds.get(parentId);
    if (known && ownSets.has(parentId)) return known;
    const own = new Set(known);
    this.#childIds.set(parentId, own);
    ownSets.add(parentId);
    return own;
  }

  /** Every asset, deleted ones included, in id order. */
  all(): readonly Asset[] {
    return [...this.#byId.values()];
  }

  /** Every asset that is not deleted, in id order. Kept between changes: lists ask for it page by page. */
  live(): readonly Asset[] {
    this.#live ??= this.all().filter((asset) => asset.deleted === null);
    return this.#live;
  }

  /** Children one level deep, in id order, deleted ones included. */
  children(id: number): readonly Asset[] {
    const ids = [...(this.#childIds.get(id) ?? [])].sort((a, b) => a - b);
    return ids.flatMap((childId) => this.#byId.get(childId) ?? []);
  }

  /** All descendants in id order, deleted ones included. The hierarchy has no cycles (B209), so this ends. */
  descendants(id: number): readonly Asset[] {
    const found: Asset[] = [];
    const queue = [...this.children(id)];
    for (let next = queue.shift(); next; next = queue.shift()) {
      found.push(next);
      queue.push(...this.children(next.id));
    }
    return found.sort((a, b) => a.id - b.id);
  }

  /** From the direct parent up to the root. */
  ancestors(asset: Asset): readonly Asset[] {
    const found: Asset[] = [];
    for (let id = asset.parentId; id !== null; ) {
      const parent = this.#byId.get(id);
      if (!parent) break;
      found.push(parent);
      id = parent.parentId;
    }
    return found;
  }
}
