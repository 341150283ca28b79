import { type AssetState, toState } from './asset-state.ts';
import type { AssetSource } from './source.ts';

/** A source, and reads of single assets that several share. */
export interface SharedReads {
  /** Reads anew each time, as the resolver must: the state has to be younger than the marks it answers. */
  readonly source: AssetSource;
  /** Joins a read that is under way, or answers from one that began not long ago, whoever made it. Undefined: gone. */
  readonly read: (assetId: number) => Promise<AssetState | undefined>;
}

interface Recent {
  readonly begunAt: number;
  isUnderWay: boolean;
  readonly asset: ReturnType<AssetSource['get']>;
}

/** Lets handlers ask for related assets, such as the site of each of a thousand pieces of equipment, at the cost of one call. */
export function shareReads(
  source: AssetSource,
  { keepMs, now }: { readonly keepMs: number; readonly now: () => number },
): SharedReads {
  /** In the order in which they began. */
  const recent = new Map<number, Recent>();
  const get: AssetSource['get'] = (id, options) => {
    const read: Recent = { begunAt: now(), isUnderWay: true, asset: source.get(id, options) };
    recent.delete(id);
    recent.set(id, read);
    for (const [old, { begunAt }] of recent) {
      if (begunAt + keepMs >= read.begunAt) break;
      recent.delete(old);
    }
    const end = (): void => {
      read.isUnderWay = false;
    };
    // What failed, or was called off by whoever began it, is tried again by the next one.
    read.asset.then(end, () => recent.get(id) === read && recent.delete(id));
    return read.asset;
  };
  return {
    source: { ...source, get },
    async read(id) {
      const known = recent.get(id);
      const asset = await (known && (known.isUnderWay || known.begunAt + keepMs >= now()) ? known.asset : get(id));
      // A deleted asset can still be read by its id (B180).
      return asset && asset.deleted == null ? toState(asset) : undefined;
    },
  };
}
