import type { Route } from '@hubex-kit/contract/routes';
import { refuseOutside } from '../check.ts';
import { callError } from '../error.ts';
import type { Call } from '../send/call.ts';
import type { LooseReply } from '../send/outgoing.ts';
import type { LooseInput } from '../send/typed.ts';
import { mostRows, refuseCut } from './silent-cut.ts';

/** Reads `items=A-B/total`; some replies have a space instead of the equals sign (facts §3.1). Rows count from 1. */
export function readContentRange(
  header: string | null,
): { readonly first: number; readonly last: number; readonly total: number } | undefined {
  const [, first, last, total] = /items[ =](\d+)-(\d+)\/(\d+)/i.exec(header ?? '')?.map(Number) ?? [];
  return first === undefined || last === undefined || total === undefined ? undefined : { first, last, total };
}

/** What to walk through. */
export interface Walk {
  /** Of an operation that takes ranges, such as `listAssets`. */
  readonly route: Route;
  readonly input?: LooseInput;
  /** Rows asked for at a time, 1 to 10000. Default 500. */
  readonly pageSize?: number | undefined;
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
async function readPage<T>(
  call: Call,
  { route, input, offset, size }: Walk & { readonly offset: number; readonly size: number },
): Promise<Page<T>> {
  // offset and fetch instead of Range: a browser sends them without asking permission first.
  const query = { ...input?.query, offset, fetch: size };
  const reply = await (call as LooseCall)(route, { ...input, query });
  const { data, headers, status } = reply;
  const operationId = idOf(route);
  refuseCut(operationId, reply);
  if (data === undefined) return { rows: [], offset, total: offset };
  const rows = entries<T>(data);
  const header = headers.get('Content-Range');
  const range = readContentRange(header);
  if (range && range.first === offset + 1 && range.last === offset + rows.length)
    return { rows, offset, total: range.total };
  // Without a range in the reply this is the whole list.
  if (!range && offset === 0) return { rows, offset, total: rows.length };
  const message = `HubEx answered ${status} with ${rows.length} rows and Content-Range ${header ?? 'missing'} instead of rows from ${offset + 1} on.`;
  throw callError('hubex/unexpected-reply', operationId, { message, status, field: 'Content-Range' });
}

/** A list is a map of rows by the spec, an array in some versions of it (facts §9). */
function entries<T>(data: unknown): (readonly [string, T])[] {
  if (!Array.isArray(data)) return Object.entries(data as Record<string, T>);
  return data.map((row, index) => [String(row?.id ?? row?.name ?? index), row] as const);
}

/**
 * Every row of a list with its key, each once, page by page. Pages overlap by one row: if a page holds no row that was seen before,
 * rows before it have been deleted and others have moved up unseen, so the walk goes back and passes over what it has seen.
 */
export async function* walk<T>(
  call: Call,
  { pageSize = 500, ...what }: Walk,
): AsyncGenerator<readonly [key: string, value: T], void, undefined> {
  refuseOutside({ pageSize: [pageSize, 1, mostRows] });
  const seen = new Set<string>();
  // A page of one row could not overlap and get on.
  const size = Math.max(2, pageSize);
  let stepsBack = 0;
  let overlaps = false;
  for (let offset = 0; ; ) {
    const page = await readPage<T>(call, { ...what, offset, size });
    if (overlaps && offset > 0 && !page.rows.some(([key]) => seen.has(key))) {
      if (++stepsBack > 50)
        throw callError('hubex/incomplete-list', idOf(what.route), {
          message: 'the list changes faster than it can be read. Try later, or with a larger pageSize.',
        });
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

function idOf(route: Route): string {
  return route.replace(/ .*/, '');
}

type LooseCall = (route: Route, input: LooseInput) => Promise<LooseReply>;

/** All values of a list at once, for lists that are short by nature. */
export async function collect<T>(call: Call, what: Walk): Promise<T[]> {
  const values: T[] = [];
  for await (const [, value] of walk<T>(call, what)) values.push(value);
  return values;
}
