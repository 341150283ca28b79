import type { Asset } from './asset.ts';
import { AssetHistory } from './asset-history.ts';
import { LiveAssets } from './live-assets.ts';

/** Rendered records that are kept; all are let go when there are more. */
const mostRendered = 20_000;

/** The assets of one tenant, in id order, up to millions. A record is replaced, never changed in place. */
export class AssetStore {
  #byId: Map<number, Asset> = new Map();
  #childIds: Map<number, Set<number>> = new Map();
  /** Parents whose set of children no other store reads; undefined while even the maps are read by others. */
  #ownSets: Set<number> | undefined = new Set();
  #live: LiveAssets = new LiveAssets();
  readonly #rendered: Map<number, string> = new Map();
  #version = 0;
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
    other.#live = this.#live.fork();
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

  /** Grows with every change: what was found at the same version is still true. */
  get version(): number {
    return this.#version;
  }

  /** The id that the next asset will get. */
  get nextId(): number {
    return this.#nextId;
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
    this.#live.put(asset, before);
    this.#version++;
    if (this.#rendered.size > 0) this.#forget(asset, before);
    return asset;
  }

  /** Every asset, deleted ones included, in id order. */
  all(): readonly Asset[] {
    const all = [...this.#byId.values()];
    return all.every(({ id }, index) => index === 0 || id > (all[index - 1]?.id ?? 0))
      ? all
      : all.sort((a, b) => a.id - b.id);
  }

  /** Every asset that is not deleted, in id order. Changes with the store: take a slice to keep. */
  live(): readonly Asset[] {
    return this.#live.list(() => this.all());
  }

  /** Children one level deep, in id order, deleted ones included. */
  children(id: number): readonly Asset[] {
    const ids = [...(this.#childIds.get(id) ?? [])].sort((a, b) => a - b);
    return ids.flatMap((childId) => this.#byId.get(childId) ?? []);
  }

  /** Whether an asset has a child that is not deleted. */
  hasLiveChild(id: number): boolean {
    for (const childId of this.#childIds.get(id) ?? []) if (this.#byId.get(childId)?.deleted === null) return true;
    return false;
  }

  /** All descendants in id order, deleted ones included. The hierarchy has no cycles (B209), so this ends. */
  descendants(id: number): readonly Asset[] {
    const found: Asset[] = [...this.children(id)];
    // Grows while it is walked.
    for (let at = 0; at < found.length; at++) for (const child of this.children(found[at]?.id ?? 0)) found.push(child);
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

  /** What `render` made of a record, kept until the record, one above it or a child changes. It must depend on nothing else that changes. */
  rendered(asset: Asset, render: (asset: Asset) => string): string {
    const kept = this.#rendered.get(asset.id);
    if (kept !== undefined) return kept;
    if (this.#rendered.size >= mostRendered) this.#rendered.clear();
    const made = render(asset);
    this.#rendered.set(asset.id, made);
    return made;
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

  /** A list shows of an asset whether it has children, and whose address it uses: neighbours lose what was rendered too. */
  #forget(asset: Asset, before: Asset | undefined): void {
    this.#rendered.delete(asset.id);
    if (before?.parentId != null) this.#rendered.delete(before.parentId);
    if (asset.parentId !== null) this.#rendered.delete(asset.parentId);
    const showsBelow =
      before !== undefined &&
      (before.name !== asset.name ||
        before.locationId !== asset.locationId ||
        before.parentId !== asset.parentId ||
        before.deleted !== asset.deleted);
    if (showsBelow) for (const { id } of this.descendants(asset.id)) this.#rendered.delete(id);
  }
}
