import type { OperationId } from '@hubex-kit/contract/operations';
import { HubexError } from '../error.ts';
import type { Call } from './call.ts';
import type { CallReply, LooseInput } from './typed.ts';

/** Rows asked for at a time. */
export const defaultPageSize = 500;

/** Reads `items=A-B/total`; some replies have a space instead of the equals sign (facts §3.1). */
export function readContentRange(header: string | null): { readonly last: number; readonly total: number } | undefined {
  const [, last, total] = /items[ =]\d+-(\d+)\/(\d+)/i.exec(header ?? '') ?? [];
  return last === undefined || total === undefined ? undefined : { last: Number(last), total: Number(total) };
}

/** What to walk through. */
export interface Walk {
  readonly id: OperationId;
  readonly input: LooseInput;
  readonly pageSize: number;
}

/** Every row of a list with its key, page by page: each page starts where Content-Range says the last one ended. */
export async function* walk<T>(
  call: Call,
  { id, input, pageSize }: Walk,
): AsyncGenerator<readonly [key: string, value: T], void, undefined> {
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > 10_000) {
    throw new HubexError('hubex/bad-option', `pageSize must be a whole number from 1 to 10000; it was ${pageSize}.`, {
      field: 'pageSize',
    });
  }
  for (let offset = 0; ; ) {
    // offset and fetch instead of Range: a browser sends them without asking permission first.
    const query = { ...input.query, offset: String(offset), fetch: String(pageSize) };
    const { data, headers } = (await (call as LooseCall)(id, { ...input, query })) as CallReply<OperationId>;
    // A list is a map of rows by the spec, an array in some versions of it (facts §9); both have entries.
    yield* Object.entries((data ?? {}) as Record<string, T>);
    const range = readContentRange(headers.get('Content-Range'));
    if (data === undefined || !range || range.last >= range.total) return;
    if (range.last <= offset) {
      const message = `${id}: HubEx answered a page from row ${offset + 1} with a Content-Range that ends at ${range.last}.`;
      throw new HubexError('hubex/unexpected-reply', message, { operationId: id });
    }
    offset = range.last;
  }
}

type LooseCall = (id: OperationId, input: LooseInput) => Promise<unknown>;

/** All values of a list at once, for lists that are short by nature. */
export async function collect<T>(call: Call, what: Omit<Walk, 'pageSize'>): Promise<T[]> {
  const values: T[] = [];
  for await (const [, value] of walk<T>(call, { ...what, pageSize: defaultPageSize })) values.push(value);
  return values;
}
