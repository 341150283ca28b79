import type { AssetAdd, AssetDetails, AssetListItem, AssetMassUpdate, AssetUpdate } from '@hubex-kit/contract';
import { HubexError } from '../error.ts';
import type { Call } from '../send/call.ts';
import { defaultPageSize, readContentRange, type Walk, walk } from '../send/pages.ts';
import type { CallOptions, QueryOf } from '../send/typed.ts';
import { type CreatedAsset, createAsset } from './create-asset.ts';
import { type UpdatedAsset, updateAsset } from './update-asset.ts';

/** Filters of a list of assets. A misspelt one is refused here, because HubEx would ignore it (B081). */
export type AssetFilter = Omit<QueryOf<'listAssets'>, 'offset' | 'fetch'>;

/** Filters of a count. */
export type AssetCountFilter = QueryOf<'countAssets'>;

/** How to walk through a list. */
export interface ListOptions extends CallOptions {
  /** Rows a page, 1 to 10000. Default 500. */
  readonly pageSize?: number;
}

/** Assets: equipment and sites. */
export interface AssetsGroup {
  /** All matching assets in id order, read page by page as you iterate. */
  list(filter?: AssetFilter, options?: ListOptions): AsyncIterable<AssetListItem>;
  /** How many assets match, without reading them (B059). */
  count(filter?: AssetCountFilter, options?: CallOptions): Promise<number>;
  /** An asset, deleted or not (B180); undefined when there is none (B085). */
  get(id: number, options?: CallOptions): Promise<AssetDetails | undefined>;
  /** Creates an asset; with a `concurrencyStamp` (a GUID) repeating the call is safe (B169). */
  create(asset: AssetAdd, options?: CallOptions & { readonly concurrencyStamp?: string }): Promise<CreatedAsset>;
  /** Changes some fields and keeps the others: reads, then replaces. Says which two fields HubEx could not give back. */
  update(id: number, change: Partial<AssetUpdate>, options?: CallOptions): Promise<UpdatedAsset>;
  /** Replaces all fields of an asset: what is left out is emptied (B170). */
  replace(id: number, asset: AssetUpdate, options?: CallOptions): Promise<void>;
  /** Edits many assets at once: what is left out stays (B173). */
  updateMany(edit: AssetMassUpdate, options?: CallOptions): Promise<void>;
  delete(ids: number | readonly number[], options?: CallOptions): Promise<void>;
  /** Deletes assets and everything below them (B183). */
  deleteFull(ids: number | readonly number[], options?: CallOptions): Promise<void>;
  /** Restores deleted assets, with `withNested` everything below them too (B185, B186). */
  restore(ids: readonly number[], options?: CallOptions & { readonly withNested?: boolean }): Promise<void>;
  publish(id: number, options?: CallOptions): Promise<void>;
  unpublish(id: number, options?: CallOptions): Promise<void>;
  /** Assets without a visible parent. */
  roots(options?: ListOptions): AsyncIterable<AssetListItem>;
  /** Children one level deep. */
  children(parentId: number, options?: ListOptions & { readonly searchText?: string }): AsyncIterable<AssetListItem>;
  /** Descendants down to the lowest level. */
  descendants(parentId: number, options?: ListOptions): AsyncIterable<AssetListItem>;
}

/** @internal */
export function assetsGroup(call: Call): AssetsGroup {
  const rows = async function* (
    what: Omit<Walk, 'pageSize'>,
    pageSize = defaultPageSize,
  ): AsyncGenerator<AssetListItem> {
    for await (const [, asset] of walk<AssetListItem>(call, { ...what, pageSize })) yield asset;
  };
  const group: AssetsGroup = {
    list: (query = {}, { pageSize, ...options } = {}) =>
      rows({ id: 'listAssets', input: { ...options, query } }, pageSize),
    async count(query = {}, options) {
      const { headers } = await call('countAssets', { ...options, query });
      const range = readContentRange(headers.get('Content-Range'));
      if (range) return range.total;
      throw new HubexError('hubex/unexpected-reply', 'countAssets: HubEx answered without a readable Content-Range.', {
        operationId: 'countAssets',
      });
    },
    get: async (assetID, options) => (await call('getAsset', { ...options, path: { assetID } })).data,
    create: (asset, options) => createAsset(call, { asset, ...options }),
    update: (id, change, options) => updateAsset(group, { id, change, ...options }),
    async replace(assetID, body, options) {
      await call('updateAsset', { ...options, path: { assetID }, body });
    },
    async updateMany(body, options) {
      await call('updateAssets', { ...options, body });
    },
    async delete(ids, options) {
      if (typeof ids === 'number') await call('deleteAsset', { ...options, path: { assetID: ids } });
      else await call('deleteAssets', { ...options, body: [...ids] });
    },
    async deleteFull(ids, options) {
      if (typeof ids === 'number') await call('deleteAssetFull', { ...options, path: { assetID: ids } });
      else await call('deleteAssetsFull', { ...options, body: [...ids] });
    },
    async restore(ids, { withNested = false, ...options } = {}) {
      await call('restoreAssets', { ...options, query: { withNested }, body: [...ids] });
    },
    async publish(assetID, options) {
      await call('publishAsset', { ...options, path: { assetID } });
    },
    async unpublish(assetID, options) {
      await call('unpublishAsset', { ...options, path: { assetID } });
    },
    roots: ({ pageSize, ...options } = {}) => rows({ id: 'listRootAssets', input: options }, pageSize),
    children: (parentAssetID, { pageSize, searchText, ...options } = {}) =>
      rows({ id: 'listChildAssets', input: { ...options, path: { parentAssetID }, query: { searchText } } }, pageSize),
    descendants: (parentAssetID, { pageSize, ...options } = {}) =>
      rows({ id: 'listDescendantAssets', input: { ...options, path: { parentAssetID } } }, pageSize),
  };
  return group;
}
