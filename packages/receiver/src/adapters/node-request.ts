import type { IncomingBody } from '../incoming.ts';
import type { BodyLimits } from '../options.ts';

/** The part of http.IncomingMessage, and of what frameworks add to it, that the adapters use. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Express keeps the address before mount paths were cut off. */
  readonly originalUrl?: string | undefined;
  /** Whether anybody has read from the stream. */
  readonly readableDidRead?: boolean | undefined;
  readonly readableEnded?: boolean | undefined;
  /** What a body parser has made. */
  readonly body?: unknown;
  readonly rawBody?: unknown;
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
  on(event: 'end' | 'close' | 'error', listener: () => void): unknown;
  removeAllListeners(event: 'data'): unknown;
  pause(): unknown;
}

/** The part of http.ServerResponse that the adapters use. */
export interface NodeResponse {
  writeHead(status: number, headers: Record<string, string>): unknown;
  end(): unknown;
}

/** Reads the stream, or takes what a parser left; a stream that was read and left nothing is told in the same tick. */
export function readNodeBody(request: NodeRequest, { maxBodyBytes, bodyTimeoutMs }: BodyLimits): Promise<IncomingBody> {
  if (request.readableDidRead || request.readableEnded) {
    const body = request.rawBody ?? request.body;
    return Promise.resolve(body === undefined ? { kind: 'consumed' } : { kind: 'body', body });
  }
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const finish = (result: IncomingBody): void => {
      clearTimeout(timer);
      request.removeAllListeners('data');
      request.pause();
      resolve(result);
    };
    const timer = setTimeout(() => finish({ kind: 'too-slow' }), bodyTimeoutMs);
    request.on('data', (chunk) => {
      size += chunk.byteLength;
      if (size > maxBodyBytes) finish({ kind: 'too-large' });
      else chunks.push(chunk);
    });
    request.on('end', () => finish({ kind: 'body', body: join(chunks, size) }));
    request.on('error', () => finish({ kind: 'incomplete' }));
    request.on('close', () => finish({ kind: 'incomplete' }));
  });
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [only] = chunks;
  if (only && chunks.length === 1) return only;
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}
