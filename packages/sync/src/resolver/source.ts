import type { AssetDetails, AssetListItem } from '@hubex-kit/contract';

/** Rows of a list in id order, and where they stand. */
export interface AssetRows {
  readonly rows: readonly AssetListItem[];
  /** Number of the first row, from 0. */
  readonly first: number;
  /** Rows there are in all. */
  readonly total: number;
}

/** How to read. */
export interface ReadOptions {
  /** Spare: only when nobody else needs the calls. */
  readonly priority?: 'normal' | 'spare';
  readonly signal?: AbortSignal;
}

/** What sync needs of HubEx. `assetSource(client)` makes one; tests may write their own. */
export interface AssetSource {
  /** One asset, also a deleted one; undefined when there is none. */
  get(id: number, options?: ReadOptions): Promise<AssetDetails | undefined>;
  /** At most `size` (10,000) rows from row number `offset` on, deleted ones left out; no rows beyond the end. */
  page(range: { readonly offset: number; readonly size: number }, options?: ReadOptions): Promise<AssetRows>;
  /** How many rows there are, without reading them. */
  count(options?: ReadOptions): Promise<number>;
  /** Calls that could be made now without waiting. */
  available(): number;
}
