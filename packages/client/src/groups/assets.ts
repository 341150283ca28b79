import type { AssetAdd, AssetDetails, AssetListItem, AssetMassUpdate, AssetUpdate } from '@hubex-kit/contract';
import {
  countAssets,
  deleteAsset,
  deleteAssetFull,
  deleteAssets,
  deleteAssetsFull,
  exportAssets,
  getAsset,
  importAssets,
  listAssets,
  listChildAssets,
  listDescendantAssets,
  listRootAssets,
  publishAsset,
  restoreAssets,
  unpublishAsset,
  updateAssets,
  updateAsset as updateWhole,
} from '@hubex-kit/contract/routes';
import { HubexError } from '../error.ts';
import { readContentRange, type Walk, walk } from '../paging/walk.ts';
import { type Answer, answer, done } from '../send/answer.ts';
import type { Call } from '../send/call.ts';
import type { CallOptions, CallReply, QueryOf } from '../send/typed.ts';
import { type CreatedAsset, createAsset } from './create-asset.ts';
import { type UpdatedAsset, updateAsset } from './update-asset.ts';
import { formOf } from './workbook.ts';

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
  count(filter?: AssetCountFilter, options?: CallOptions): Answer<number>;
  /** An asset, deleted or not (B180); undefined when there is none (B085). */
  get(id: number, options?: CallOptions): Answer<AssetDetails | undefined>;
  /** Creates an asset; with a `concurrencyStamp` (a GUID) repeating the call is safe (B169). */
  create(asset: AssetAdd, options?: CallOptions & { readonly concurrencyStamp?: string }): Promise<CreatedAsset>;
  /** Changes some fields and keeps the others: reads, then replaces. Says which two fields HubEx could not give back. */
  update(id: number, change: Partial<AssetUpdate>, options?: CallOptions): Promise<UpdatedAsset>;
  /** Replaces all fields of an asset: what is left out is emptied (B170). */
  replace(id: number, asset: AssetUpdate, options?: CallOptions): Answer<void>;
  /** Edits many assets at once: what is left out stays (B173). */
  updateMany(edit: AssetMassUpdate, options?: CallOptions): Answer<void>;
  delete(ids: number | readonly number[], options?: CallOptions): Answer<void>;
  /** Deletes assets and everything below them (B183). */
  deleteFull(ids: number | readonly number[], options?: CallOptions): Answer<void>;
  /** Restores deleted assets, with `withNested` everything below them too (B185, B186). */
  restore(ids: readonly number[], options?: CallOptions & { readonly withNested?: boolean }): Answer<void>;
  publish(id: number, options?: CallOptions): Answer<void>;
  unpublish(id: number, options?: CallOptions): Answer<void>;
  /**
   * Imports a workbook of at most 2000 rows (B237): all or nothing; 40 and 41 follow. A refused one comes back with notes: `faultyWorkbook(error)`.
   * The sheet is looked up by the language of the client (B232).
   */
  import(file: Blob | Uint8Array, options?: CallOptions): Answer<void>;
  /** The assets of the tenant as a workbook that `import` takes; with `noData` the empty template (B261). */
  export(options?: CallOptions & { readonly noData?: boolean }): Answer<Uint8Array>;
  /** Assets without a visible parent. */
  roots(options?: ListOptions): AsyncIterable<AssetListItem>;
  /** Children one level deep. */
  children(parentId: number, options?: ListOptions & { readonly searchText?: string }): AsyncIterable<AssetListItem>;
  /** Descendants down to the lowest level. */
  descendants(parentId: number, options?: ListOptions): AsyncIterable<AssetListItem>;
}

/** @internal */
export function assetsGroup(call: Call): AssetsGroup {
  const rows = async function* ({ pageSize, ...input }: ListOptions, what: Walk): AsyncGenerator<AssetListItem> {
    const walked = { ...what, pageSize, input: { ...input, ...what.input } };
    for await (const [, asset] of walk<AssetListItem>(call, walked)) yield asset;
  };
  const group: AssetsGroup = {
    list: (query = {}, options = {}) => rows(options, { route: listAssets, input: { query } }),
    count: (query = {}, options) => answer(call(countAssets, { ...options, query }), readCount),
    get: (assetID, options) => answer(call(getAsset, { ...options, path: { assetID } }), ({ data }) => data),
    create: (asset, options) => createAsset(call, { asset, ...options }),
    update: (id, change, options) => updateAsset(group, { id, change, ...options }),
    replace: (assetID, body, options) => done(call(updateWhole, { ...options, path: { assetID }, body })),
    updateMany: (body, options) => done(call(updateAssets, { ...options, body })),
    delete: (ids, options) =>
      typeof ids === 'number'
        ? done(call(deleteAsset, { ...options, path: { assetID: ids } }))
        : done(call(deleteAssets, { ...options, body: ids })),
    deleteFull: (ids, options) =>
      typeof ids === 'number'
        ? done(call(deleteAssetFull, { ...options, path: { assetID: ids } }))
        : done(call(deleteAssetsFull, { ...options, body: ids })),
    restore: (ids, { withNested = false, ...options } = {}) =>
      done(call(restoreAssets, { ...options, query: { withNested }, body: ids })),
    publish: (assetID, options) => done(call(publishAsset, { ...options, path: { assetID } })),
    unpublish: (assetID, options) => done(call(unpublishAsset, { ...options, path: { assetID } })),
    import: (file, options) => done(formOf(file).then((body) => call(importAssets, { ...options, body }))),
    export: ({ noData, ...options } = {}) =>
      answer(call(exportAssets, { ...options, query: noData === undefined ? {} : { noData } }), readWorkbook),
    roots: (options = {}) => rows(options, { route: listRootAssets }),
    children: (parentAssetID, { searchText, ...options } = {}) =>
      rows(options, { route: listChildAssets, input: { path: { parentAssetID }, query: { searchText } } }),
    descendants: (parentAssetID, options = {}) =>
      rows(options, { route: listDescendantAssets, input: { path: { parentAssetID } } }),
  };
  return group;
}

function readCount({ headers, status }: CallReply<'countAssets'>): number {
  const range = readContentRange(headers.get('Content-Range'));
  if (range) return range.total;
  const message = 'countAssets: HubEx answered without a readable Content-Range.';
  throw new HubexError('hubex/unexpected-reply', message, {
    operationId: 'countAssets',
    field: 'Content-Range',
    status,
  });
}

function readWorkbook({ data, status }: { readonly data: unknown; readonly status: number }): Uint8Array {
  if (data instanceof Uint8Array) return data;
  const message = 'exportAssets: HubEx answered without a workbook.';
  throw new HubexError('hubex/unexpected-reply', message, {
    operationId: 'exportAssets',
    field: 'Content-Type',
    status,
  });
}
