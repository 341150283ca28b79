import type { AttemptRow, JournalRow, RequestRow } from './journal-rows.ts';

/** What requests and answers have alike. */
interface Message {
  readonly httpVersion: 'HTTP/1.1';
  /** Not kept. */
  readonly headers: readonly never[];
  /** Not kept. */
  readonly cookies: readonly never[];
  readonly headersSize: number;
  readonly bodySize: number;
}

/** A request as HAR writes it. */
export interface HarRequest extends Message {
  readonly method: string;
  readonly url: string;
  /** Empty: the query is in the address. */
  readonly queryString: readonly never[];
  readonly postData?: { readonly mimeType: string; readonly text: string };
}

/** An answer as HAR writes it. */
export interface HarResponse extends Message {
  /** 0: there was none. */
  readonly status: number;
  readonly statusText: string;
  readonly content: { readonly size: number; readonly mimeType: string; readonly text?: string };
  readonly redirectURL: string;
}

/** An API request, or one call of a webhook. */
export interface HarEntry {
  /** @format date-time */
  readonly startedDateTime: string;
  /** Milliseconds. */
  readonly time: number;
  readonly request: HarRequest;
  readonly response: HarResponse;
  /** Nothing: there is no cache. */
  readonly cache: Readonly<Record<never, never>>;
  readonly timings: { readonly send: number; readonly wait: number; readonly receive: number };
  readonly comment: string;
}

/** An HTTP archive (HAR), version 1.2. Sizes that are not known are -1. */
export interface HttpArchive {
  readonly log: {
    readonly version: '1.2';
    readonly creator: { readonly name: string; readonly version: string };
    readonly entries: readonly HarEntry[];
  };
}

/** Requests and attempts as an HTTP archive, version 1.2, which browsers and proxies read. Sizes that are not known are -1, as the format says. */
export function toHar(rows: readonly JournalRow[]): HttpArchive {
  const entries = rows.flatMap((row) => {
    if (row.type === 'request') return [requestEntry(row)];
    return row.type === 'attempt' ? [attemptEntry(row)] : [];
  });
  return { log: { version: '1.2', creator: { name: 'hubex-mock', version: '1' }, entries } };
}

function requestEntry(row: RequestRow): HarEntry {
  const url = `http://hubex.mock/fsm${row.path}${row.query === '' ? '' : `?${row.query}`}`;
  const body = row.requestBody === null ? {} : { postData: { mimeType: 'application/json', text: row.requestBody } };
  return entry(row, {
    request: { method: row.method, url, bodySize: row.requestSize, ...body },
    response: { status: row.status, content: contentOf(row) },
    note: `request ${row.id}: ${row.operationId ?? 'no operation'}, ${row.deliveries} deliveries`,
  });
}

/** A text that is not kept has characters, but nobody knows how many bytes. */
function contentOf({ replyBody, replySize, replyType }: RequestRow): HarResponse['content'] {
  const mimeType = replyType ?? '';
  if (replyBody !== null) return { size: bytesOf(replyBody), mimeType, text: replyBody };
  const isText = /json|^text\//i.test(mimeType);
  return { size: isText && replySize > 0 ? -1 : replySize, mimeType };
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}

function attemptEntry(row: AttemptRow): HarEntry {
  return entry(row, {
    request: {
      method: 'POST',
      url: row.url,
      bodySize: bytesOf(row.body),
      postData: { mimeType: 'application/json', text: row.body },
    },
    response: { status: row.status ?? 0, content: { size: 0, mimeType: '' } },
    note: `delivery ${row.deliveryId}, attempt ${row.attempt}, caused by ${row.cause}${row.error === undefined ? '' : `: ${row.error}`}`,
  });
}

interface Entry {
  readonly request: Pick<HarRequest, 'method' | 'url' | 'bodySize' | 'postData'>;
  readonly response: Pick<HarResponse, 'status' | 'content'>;
  readonly note: string;
}

function entry(row: RequestRow | AttemptRow, what: Entry): HarEntry {
  const nothing = { httpVersion: 'HTTP/1.1' as const, headers: [], cookies: [], headersSize: -1 };
  return {
    startedDateTime: row.at,
    time: row.ms,
    request: { ...nothing, queryString: [], ...what.request },
    response: { ...nothing, statusText: '', redirectURL: '', bodySize: -1, ...what.response },
    cache: {},
    timings: { send: 0, wait: row.ms, receive: 0 },
    comment: what.note,
  };
}
