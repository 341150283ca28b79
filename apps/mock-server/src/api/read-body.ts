import type { IncomingMessage } from 'node:http';

/** How much of a body is read, and for how long. */
export interface BodyBounds {
  /** Bytes. */
  readonly limit: number;
  /** Milliseconds from now until the last byte. */
  readonly timeoutMs: number;
}

/** A body that did not come: above the limit, not in time, or broken off by the caller. */
export type NoBody = 'too-large' | 'too-slow' | 'gone';

/** Whether a request announces no body at all. */
export function isBodyless({ headers }: IncomingMessage): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = headers;
  return encoding === undefined && (length === undefined || length === '0');
}

/** The bytes of a request; undefined for none. What is announced as too large is not read at all. */
export function readBody(
  request: IncomingMessage,
  { limit, timeoutMs }: BodyBounds,
): Promise<Uint8Array | undefined | NoBody> {
  if (isBodyless(request)) return Promise.resolve(undefined);
  if (Number(request.headers['content-length']) > limit) return Promise.resolve('too-large');
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (result: Uint8Array | undefined | NoBody): void => {
      clearTimeout(timer);
      request.off('data', take);
      resolve(result);
    };
    const take = (chunk: Buffer): void => {
      size += chunk.byteLength;
      if (size > limit) finish('too-large');
      else chunks.push(chunk);
    };
    const timer = setTimeout(() => finish('too-slow'), timeoutMs);
    request.on('data', take);
    request.on('end', () => finish(size === 0 ? undefined : Buffer.concat(chunks, size)));
    request.on('error', () => finish('gone'));
    request.on('close', () => finish('gone'));
  });
}

/** Milliseconds a caller gets to read a refusal while still sending. */
const longestFarewell = 1_000;

/**
 * Calls `end` when the caller has sent the rest of his body, or after a second: who is cut off while sending often never sees the answer.
 * Nothing of the rest is kept.
 */
export function afterRest(request: IncomingMessage, end: () => void): void {
  const finish = (): void => {
    clearTimeout(timer);
    request.off('end', finish).off('close', finish);
    end();
  };
  const timer = setTimeout(finish, longestFarewell);
  request.on('end', finish).on('close', finish).resume();
}
