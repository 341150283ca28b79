import type { ApiReply, ApiRequest } from './api/seam.ts';
import type { Clock } from './clock.ts';
import { bodyStream, brokenOff } from './transmission/body-stream.ts';
import { transmissionSteps } from './transmission/transmission.ts';

/** A fetch request as the seam's plain data; a leading /fsm belongs to the base address. */
export async function fromFetch(request: Request): Promise<ApiRequest> {
  const { pathname, search } = new URL(request.url);
  const bytes = request.body ? new Uint8Array(await request.arrayBuffer()) : undefined;
  return {
    method: request.method.toUpperCase(),
    path: pathname.replace(/^\/fsm(?=\/|$)/i, ''),
    query: search.slice(1),
    headers: Object.fromEntries(request.headers),
    body: bytes,
  };
}

type Body = ConstructorParameters<typeof Response>[0];

/**
 * The seam's reply as a fetch response. What a fault breaks is the nearest thing fetch has: a rejection where no status line would come, an
 * error of the body where it breaks off, and pauses by the clock.
 */
export async function toFetch(reply: ApiReply, context: { clock: Clock; signal: AbortSignal }): Promise<Response> {
  const { status, headers, body, transmission } = reply;
  // Any byte array is a body at run time; the types of fetch differ between platforms.
  if (!transmission) return new Response((body ?? null) as Body, { status, headers: { ...headers } });
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : (body ?? new Uint8Array());
  const steps = transmissionSteps(bytes.byteLength, transmission);
  if (!steps.head) {
    if (steps.ending === 'reset') throw brokenOff('reset');
    return await new Promise<never>(() => undefined);
  }
  const length: Record<string, string> = steps.measured ? { 'content-length': String(bytes.byteLength) } : {};
  const isBodyless = body === undefined && steps.ending === 'end';
  const stream = isBodyless ? null : bodyStream(bytes, { steps, ...context });
  return new Response(stream as Body, { status, headers: { ...headers, ...length } });
}

/** What `work` gives, unless the caller gives up first: then the signal's reason, as fetch rejects. */
export function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    const over = (): void => signal.removeEventListener('abort', abort);
    work.then(resolve, reject).finally(over);
  });
}
