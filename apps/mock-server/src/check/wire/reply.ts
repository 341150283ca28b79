/** An HTTP answer as it came over the wire. */
export interface Reply {
  readonly status: number;
  /** By lower-case name; repeated headers joined by a comma. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  /** Everything, head and body, as one text of bytes. */
  readonly text: string;
  /** Whether the receiver ends the connection after this answer. */
  readonly closes: boolean;
}

/** What the bytes so far are: an answer and what follows it, the beginning of one, or no HTTP. */
export type Parsed =
  | { readonly kind: 'reply'; readonly reply: Reply; readonly rest: Buffer }
  | { readonly kind: 'more' }
  | { readonly kind: 'broken'; readonly reason: string };

const more = { kind: 'more' } as const;

/**
 * Reads one answer from the start of `bytes`. Interim answers (100 Continue) are passed over. `isHead`: it answers HEAD and has no body
 * whatever its headers say. `hasEnded`: nothing will follow.
 */
export function parseReply(bytes: Buffer, { isHead, hasEnded }: { isHead: boolean; hasEnded: boolean }): Parsed {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0)
    return bytes.length > 65_536 ? broken('the head of the answer has more than 64 KiB') : looksLikeHttp(bytes);
  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const [, minor, digits] = /^HTTP\/1\.([01]) (\d{3})(?: |$)/.exec(statusLine) ?? [];
  if (digits === undefined) return broken(`the answer begins with ${JSON.stringify(statusLine.slice(0, 40))}`);
  const status = Number(digits);
  const after = bytes.subarray(end + 4);
  if (status < 200 && status !== 101) return parseReply(after, { isHead, hasEnded });
  const headers = readHeaders(lines);
  const isChunked = /\bchunked\b/i.test(headers.get('transfer-encoding') ?? '');
  const length = headers.get('content-length');
  if (length !== undefined && !/^\d{1,12}$/.test(length)) return broken(`Content-Length is ${JSON.stringify(length)}`);
  const isBodiless = isHead || status === 204 || status === 304;
  const isUnframed = !isBodiless && !isChunked && length === undefined;
  const framed = isBodiless
    ? { body: Buffer.alloc(0), used: 0 }
    : isChunked
      ? readChunks(after)
      : readLength(after, length === undefined ? undefined : Number(length), hasEnded);
  if (framed === undefined) return more;
  if (typeof framed === 'string') return broken(framed);
  const connection = headers.get('connection')?.toLowerCase() ?? '';
  const closes = isUnframed || connection.includes('close') || (minor === '0' && !connection.includes('keep-alive'));
  const text = `${bytes.toString('latin1', 0, end)}\r\n\r\n${framed.body.toString('latin1')}`;
  const reply = { status, headers, body: framed.body, text, closes };
  return { kind: 'reply', reply, rest: after.subarray(framed.used) };
}

function broken(reason: string): Parsed {
  return { kind: 'broken', reason };
}

function looksLikeHttp(bytes: Buffer): Parsed {
  const start = bytes.toString('latin1', 0, 5);
  return 'HTTP/'.startsWith(start) ? more : broken(`the answer begins with ${JSON.stringify(start)}`);
}

function readHeaders(lines: readonly string[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name, value = ''] = /^([^:]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (name === undefined) continue;
    const key = name.toLowerCase();
    const before = headers.get(key);
    headers.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return headers;
}

type Framed = { readonly body: Buffer; readonly used: number } | string | undefined;

function readLength(after: Buffer, length: number | undefined, hasEnded: boolean): Framed {
  // Without a length the body lasts until the connection ends.
  if (length === undefined) return hasEnded ? { body: after, used: after.length } : undefined;
  if (after.length >= length) return { body: after.subarray(0, length), used: length };
  return hasEnded ? `the answer ends after ${after.length} of ${length} bytes` : undefined;
}

function readChunks(after: Buffer): Framed {
  const pieces: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = after.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = /^[0-9a-f]{1,8}(?=;|$)/i.exec(after.toString('latin1', at, lineEnd))?.[0];
    if (size === undefined) return 'the answer has a chunk without a size';
    const start = lineEnd + 2;
    const bytes = Number.parseInt(size, 16);
    if (bytes === 0) {
      // Trailers end with an empty line; without any it follows at once.
      const isPlain = after.toString('latin1', start, start + 2) === '\r\n';
      const end = isPlain ? start - 2 : after.indexOf('\r\n\r\n', start);
      return end < 0 || after.length < end + 4 ? undefined : { body: Buffer.concat(pieces), used: end + 4 };
    }
    if (after.length < start + bytes + 2) return undefined;
    pieces.push(after.subarray(start, start + bytes));
    at = start + bytes + 2;
  }
}
