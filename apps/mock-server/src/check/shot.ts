import type { Target } from './target.ts';

/** One request as it is to be sent; what is left out is as in a delivery. */
export interface Shot {
  /** What it is, for the finding: `the body []`. */
  readonly label?: string;
  readonly method?: string;
  /** Path and query instead of the target's. */
  readonly path?: string;
  /** Added to those of a delivery, or replacing them; undefined takes one away. Lower-case names. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Buffer;
  /** How the end of the body is told. Default: length. none: there is no body. */
  readonly framing?: 'length' | 'chunked' | 'none';
}

/** A request in two parts, since some checks send them apart. */
export interface Wire {
  readonly head: string;
  readonly body: Buffer;
}

const lineEnd = Buffer.from(`\r\n`);
const lastChunk = Buffer.from(`0\r\n\r\n`);

/** The bytes of a request. `headers`: those of a delivery. */
export function compose(target: Target, shot: Shot & { headers: Readonly<Record<string, string | undefined>> }): Wire {
  const { method = 'POST', path = target.path, framing = 'length' } = shot;
  const content = Buffer.from(shot.body ?? '');
  const ending =
    framing === 'none'
      ? {}
      : framing === 'chunked'
        ? { 'transfer-encoding': 'chunked' }
        : { 'content-length': String(content.length) };
  const headers: Record<string, string | undefined> = { host: target.host, ...ending, ...shot.headers };
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : `${name}: ${value}\r\n`,
  );
  const body = framing === 'none' ? Buffer.alloc(0) : framing === 'chunked' ? inChunks(content) : content;
  return { head: `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, body };
}

function inChunks(content: Buffer): Buffer {
  const pieces: Buffer[] = [];
  // Small chunks, so that a body of a delivery's size has several.
  const size = Math.max(64, Math.ceil(content.length / 16));
  for (let at = 0; at < content.length; at += size) {
    const piece = content.subarray(at, at + size);
    pieces.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, lineEnd);
  }
  return Buffer.concat([...pieces, lastChunk]);
}
