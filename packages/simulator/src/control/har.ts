import type { AttemptRow, JournalRow, RequestRow } from './journal-rows.ts';

type Json = Readonly<Record<string, unknown>>;

/** Requests and attempts as an HTTP archive, version 1.2, which browsers and proxies read. Sizes that are not known are -1, as the format says. */
export function toHar(rows: readonly JournalRow[]): Json {
  const entries = rows.flatMap((row) => {
    if (row.type === 'request') return [requestEntry(row)];
    return row.type === 'attempt' ? [attemptEntry(row)] : [];
  });
  return { log: { version: '1.2', creator: { name: 'hubex-mock', version: '1' }, entries } };
}

function requestEntry(row: RequestRow): Json {
  const url = `http://hubex.mock/fsm${row.path}${row.query === '' ? '' : `?${row.query}`}`;
  const body = row.requestBody === null ? {} : { postData: { mimeType: 'application/json', text: row.requestBody } };
  return entry(row, {
    request: { method: row.method, url, bodySize: row.requestSize, ...body },
    response: { status: row.status, content: contentOf(row) },
    note: `request ${row.id}: ${row.operationId ?? 'no operation'}, ${row.deliveries} deliveries`,
  });
}

/** A text that is not kept has characters, but nobody knows how many bytes. */
function contentOf({ replyBody, replySize, replyType }: RequestRow): Json {
  const mimeType = replyType ?? '';
  if (replyBody !== null) return { size: bytesOf(replyBody), mimeType, text: replyBody };
  const isText = /json|^text\//i.test(mimeType);
  return { size: isText && replySize > 0 ? -1 : replySize, mimeType };
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}

function attemptEntry(row: AttemptRow): Json {
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

function entry(row: RequestRow | AttemptRow, what: { request: Json; response: Json; note: string }): Json {
  const nothing = { httpVersion: 'HTTP/1.1', headers: [], cookies: [], headersSize: -1 };
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
