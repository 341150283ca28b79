import { type Clock, systemClock } from '../clock.ts';
import { bodyStream, brokenOff } from '../transmission/body-stream.ts';
import { transmissionSteps } from '../transmission/transmission.ts';
import type { Deliverer } from './deliverer.ts';

/** A receiver as a fetch handler. */
export type FetchReceiver = (request: Request) => Response | Promise<Response>;

/**
 * Delivers to a fetch handler in this process, faults of the wire included: a body that breaks off is an error of its stream, a slow one comes
 * by the clock. Redirects are handed on as they are (B147).
 * @example createSimulator({ deliver: createFetchDeliverer((request) => receiver.fetch(request)) })
 */
export function createFetchDeliverer(receive: FetchReceiver, options: { readonly clock?: Clock } = {}): Deliverer {
  const { clock = systemClock } = options;
  const deliver: Deliverer = async ({ url, method, headers, body, transmission }) => {
    const bytes = new TextEncoder().encode(body);
    const steps = transmission && transmissionSteps(bytes.byteLength, transmission);
    // Without a head the receiver never learns of the call.
    if (steps && !steps.head) return await noHead(steps.ending);
    const length: Record<string, string> =
      steps?.measured === false ? {} : { 'content-length': String(bytes.byteLength) };
    const stream = steps && bodyStream(bytes, { steps, clock });
    // fetch wants duplex for a stream; the types of the browser do not know it.
    const init = { method, headers: { ...headers, ...length }, body: stream ?? bytes, duplex: 'half' } as RequestInit;
    const { status } = await receive(new Request(url, init));
    // Whoever resets the connection never sees an answer.
    return steps?.ending === 'reset' ? failed(brokenOff('reset')) : { kind: 'answered', status };
  };
  const safe: Deliverer = (call) => deliver(call).catch((error: unknown) => failed(error));
  return Object.assign(safe, { transmits: true });
}

async function noHead(ending: string): Promise<ReturnType<typeof failed>> {
  if (ending === 'reset') return failed(brokenOff('reset'));
  return await new Promise<never>(() => undefined);
}

function failed(error: unknown): { readonly kind: 'failed'; readonly reason: string } {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return { kind: 'failed', reason: cause instanceof Error ? cause.message : String(cause) };
}
