import type { OperationId } from '@hubex-kit/contract/operations';
import { HubexError } from '../error.ts';
import type { Call } from './call.ts';
import type { CallReply, LooseInput } from './typed.ts';

/** Rows asked for at a time. */
export const defaultPageSize = 500;

/** Rows HubEx sends at most, whatever is asked for (B058). */
const mostRows = 10_000;

/** Reads `items=A-B/total`; some replies have a space instead of the equals sign (facts §3.1). Rows count from 1. */
export function readContentRange(
  header: string | null,
): { readonly first: number; readonly last: number; readonly total: number } | undefined {
  const [, first, last, total] = /items[ =](\d+)-(\d+)\/(\d+)/i.exec(header ?? '')?.map(Number) ?? [];
  return first === undefined || last === undefined || total === undefined ? undefined : { first, last, total };
}

/** What to walk through. */
export interface Walk {
  readonly id: OperationId;
  readonly input: LooseInput;
  readonly pageSize: number;
}

/** Part of a list. */
export interface Page<T> {
  readonly rows: readonly (readonly [key: string, value: T])[];
  /** Number of the first row, from 0. */
  readonly offset: number;
  /** Rows there are in all. */
  readonly total: number;
}

/** Reads one page and checks that it is the one that was asked for. */
export async function readPage<T>(
  call: Call,
  { id, input, offset, size }: Omit<Walk, 'pageSize'> & { readonly offset: number; readonly size: number },
): Promise<Page<T>> {
  // offset and fetch instead of Range: a browser sends them without asking permission first.
  const query = { ...input.query, offset: String(offset), fetch: String(size) };
  const { data, headers, status } = (await (call as LooseCall)(id, { ...input, query })) as CallReply<OperationId>;
  if (data === undefined) return { rows: [], offset, total: offset };
  const rows = entries<T>(data);
  const header = headers.get('Content-Range');
  const range = readContentRange(header);
  if (range && range.first === offset + 1 && range.last === offset + rows.length)
    return { rows, offset, total: range.total };
  // Without a range in the reply this is the whole list, unless it is as much as HubEx ever sends.
  if (!range && offset === 0 && rows.length < mostRows) return { rows, offset, total: rows.length };
  if (!range && rows.length >= mostRows) throw cut(id, rows.length);
  const message = `${id}: HubEx answered ${status} with ${rows.length} rows and Content-Range ${header ?? 'missing'} where rows from ${offset + 1} on were asked for.`;
  throw new HubexError('hubex/unexpected-reply', message, { operationId: id, status });
}

/** The error for a list that ends where HubEx stops without saying so. */
export function cut(id: OperationId, rows: number): HubexError {
  const message = `${id}: HubEx sent ${rows} rows without a Content-Range, which is where it cuts lists silently (B058). Read in pages: assets.list does.`;
  return new HubexError('hubex/incomplete-list', message, { operationId: id });
}

/** A list is a map of rows by the spec, an array in some versions of it (facts §9). */
export function entries<T>(data: unknown): (readonly [string, T])[] {
  if (!Array.isArray(data)) return Object.entries(data as Record<string, T>);
  return data.map((row, index) => [String(row?.id ?? row?.name ?? index), row] as const);
}

/**
 * Every row of a list with its key, each once, page by page. Pages overlap by one row: if a page holds no row that was seen before,
 * rows before it have been deleted and others have moved up unseen, so the walk goes back and passes over what it has seen.
 */
export async function* walk<T>(
  call: Call,
  { id, input, pageSize }: Walk,
): AsyncGenerator<readonly [key: string, value: T], void, undefined> {
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > mostRows) {
    throw new HubexError(
      'hubex/bad-option',
      `pageSize must be a whole number from 1 to ${mostRows}; it was ${pageSize}.`,
      {
        field: 'pageSize',
      },
    );
  }
  const seen = new Set<string>();
  // A page of one row could not overlap and get on.
  const size = Math.max(2, pageSize);
  let stepsBack = 0;
  let overlaps = false;
  for (let offset = 0; ; ) {
    const page = await readPage<T>(call, { id, input, offset, size });
    if (overlaps && offset > 0 && !page.rows.some(([key]) => seen.has(key))) {
      if (++stepsBack > 50) throw restless(id);
      offset = Math.max(0, Math.min(offset, page.total) - size * 2 ** Math.min(stepsBack - 1, 20));
      continue;
    }
    for (const row of page.rows) {
      if (seen.has(row[0])) continue;
      seen.add(row[0]);
      yield row;
    }
    const end = offset + page.rows.length;
    if (end >= page.total || page.rows.length === 0) return;
    // A server that gives one row at a time leaves no room for an overlap.
    overlaps = page.rows.length > 1;
    offset = overlaps ? end - 1 : end;
  }
}

function restless(id: OperationId): HubexError {
  const message = `${id}: the list changes faster than it can be read. Try later, or with a larger pageSize.`;
  return new HubexError('hubex/incomplete-list', message, { operationId: id });
}

type LooseCall = (id: OperationId, input: LooseInput) => Promise<unknown>;

/** All values of a list at once, for lists that are short by nature. */
export async function collect<T>(call: Call, what: Omit<Walk, 'pageSize'>): Promise<T[]> {
  const values: T[] = [];
  for await (const [, value] of walk<T>(call, { ...what, pageSize: defaultPageSize })) values.push(value);
  return values;
}
