import type { Deliverer } from './deliverer.ts';

/** A receiver as a fetch handler. */
export type FetchReceiver = (request: Request) => Response | Promise<Response>;

/** Delivers to a fetch handler in this process. */
export function createFetchDeliverer(receive: FetchReceiver): Deliverer {
  const deliver: Deliverer = async ({ url, method, headers, body }) => {
    const { status } = await receive(new Request(url, { method, headers, body }));
    return { kind: 'answered', status };
  };
  return (call) => deliver(call).catch((error: unknown) => ({ kind: 'failed', reason: String(error) }));
}
