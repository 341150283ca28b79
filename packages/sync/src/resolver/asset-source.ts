import { type HubexClient, HubexError } from '@hubex-kit/client';
import type { AssetListItem } from '@hubex-kit/contract';
import type { AssetRows, AssetSource } from './source.ts';

/**
 * Reads assets through a client and checks what sync relies on: ids are whole numbers, Content-Range tells where a page starts.
 * @throws HubexError `hubex/unexpected-reply` (from its methods) naming the field when a reply breaks that.
 */
export function assetSource(client: HubexClient): AssetSource {
  return {
    async get(id, options) {
      const asset = await client.assets.get(id, options);
      if (asset && asset.id !== id)
        throw broken('getAsset', `id is ${String(asset.id)} where ${id} was asked for`, 'id');
      return asset;
    },
    async page({ offset, size }, options) {
      const query = { offset: String(offset), fetch: String(size) };
      const { data, headers, status } = await client.call('listAssets', { ...options, query: query as object });
      // 204: nothing from there on. How many there are is then known to be at most the offset.
      if (data === undefined) return { rows: [], first: offset, total: offset };
      const rows = Object.values(data)
        .map(checked)
        .sort((a, b) => a.id - b.id);
      return { rows, ...place(headers.get('Content-Range'), { offset, count: rows.length, size, status }) };
    },
    count: (options) => client.assets.count({}, options),
    available: () => client.limiter.available(),
  };
}

function checked(row: unknown): AssetListItem {
  const asset = row as AssetListItem; // looked at in the next line
  if (typeof asset !== 'object' || asset === null || !Number.isSafeInteger(asset.id))
    throw broken('listAssets', 'a row has no whole number as its id', 'id');
  return asset;
}

function place(
  header: string | null,
  page: { readonly offset: number; readonly count: number; readonly size: number; readonly status: number },
): Omit<AssetRows, 'rows'> {
  const [, from, to, total] = /(\d+)-(\d+)\/(\d+)/.exec(header ?? '')?.map(Number) ?? [];
  const { offset, count, size, status } = page;
  // Without a range in the reply everything there is has been sent, unless that is as much as HubEx ever sends (B057, B058).
  if (total === undefined && offset === 0 && count < size) return { first: 0, total: count };
  if (from !== offset + 1 || to !== offset + count || total === undefined)
    throw broken(
      'listAssets',
      `Content-Range is ${header ?? 'missing'} in a ${status} with ${count} rows from row ${offset + 1}`,
    );
  return { first: offset, total };
}

function broken(operationId: string, problem: string, field = 'Content-Range'): HubexError {
  return new HubexError('hubex/unexpected-reply', `${operationId}: ${problem}.`, { operationId, field });
}
