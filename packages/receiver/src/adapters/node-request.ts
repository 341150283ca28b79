import type { BodyLimits, IncomingBody } from '../incoming.ts';
import { waitingRoom } from './body-deadlines.ts';
import { joinBytes, unpackBody } from './unpack-body.ts';

/** What a body parser has left. */
export interface ParsedBody {
  readonly method?: string | undefined;
  readonly body?: unknown;
  readonly rawBody?: unknown;
}

/** The part of http.IncomingMessage, and of what frameworks add to it, that the adapters use. */
export interface NodeRequest extends ParsedBody {
  readonly url?: string | undefined;
  /** Express keeps the address before mount paths were cut off. */
  readonly originalUrl?: string | undefined;
  /** Whether anybody has read from the stream. */
  readonly readableDidRead?: boolean | undefined;
  readonly readableEnded?: boolean | undefined;
  readonly destroyed?: boolean | undefined;
  readonly headers?: { readonly 'content-length'?: string | undefined } | undefined;
  on(event: 'data', listener: (chunk: Uint8Array | string) => void): unknown;
  on(event: 'end' | 'close' | 'error', listener: () => void): unknown;
}

/** The part of http.ServerResponse that the adapters use. */
export interface NodeResponse {
  readonly headersSent: boolean;
  writeHead(status: number, headers?: Record<string, string>): unknown;
  end(): unknown;
  destroy(): unknown;
}

/**
 * Reads the stream, or takes what a parser left in `parsed`; a stream that was read and left nothing is told in the same tick. What
 * goes beyond the limit is thrown away but awaited, since a sender whose connection breaks while he sends does not see his 413.
 */
export function readNodeBody(
  request: NodeRequest,
  { maxBodyBytes, bodyTimeoutMs }: BodyLimits,
  parsed: ParsedBody = request,
): Promise<IncomingBody> {
  const wasRead = request.readableDidRead || request.readableEnded;
  const left = parsed.rawBody ?? (wasRead ? parsed.body : undefined);
  // Express 4 leaves an empty object where nothing was parsed. A body that is no more than that says how short it is.
  const isNothing = left === undefined || (isEmptyObject(left) && !(Number(request.headers?.['content-length']) <= 2));
  if (!isNothing) return Promise.resolve(unpackBody(left, maxBodyBytes));
  if (wasRead) return Promise.resolve({ kind: 'consumed' });
  if (request.destroyed) return Promise.resolve({ kind: 'incomplete' });
  return new Promise((resolve) => {
    const pieces: Uint8Array[] = [];
    let [text, size] = ['', 0];
    const room = waitingRoom(bodyTimeoutMs);
    const finish = (kind: 'too-slow' | 'incomplete'): void => {
      room.leave(waiting);
      resolve({ kind: size > maxBodyBytes ? 'too-large' : kind });
      size = Number.POSITIVE_INFINITY;
    };
    const waiting = { until: 0, expire: () => finish('too-slow') };
    room.enter(waiting);
    request.on('data', (chunk) => {
      size += chunk.length;
      if (size > maxBodyBytes) pieces.length = 0;
      // Text if somebody has called setEncoding.
      else if (typeof chunk === 'string') text += chunk;
      else pieces.push(chunk);
    });
    request.on('end', () => {
      room.leave(waiting);
      resolve(size > maxBodyBytes ? { kind: 'too-large' } : unpackBody(text || joinBytes(pieces, size), maxBodyBytes));
    });
    request.on('error', () => finish('incomplete'));
    request.on('close', () => finish('incomplete'));
  });
}

function isEmptyObject(value: unknown): boolean {
  return Object.getPrototypeOf(Object(value)) === Object.prototype && Object.keys(Object(value)).length === 0;
}
