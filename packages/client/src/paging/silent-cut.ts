import { callError } from '../error.ts';
import type { LooseReply, Send } from '../send/outgoing.ts';

/** Rows HubEx sends at most, whatever is asked for (B058). */
export const mostRows = 10_000;

/** A list that ends just where HubEx cuts it, and does not say that it is all, is not a list anybody wanted. */
export function refuseCut(operationId: string, { data, headers }: LooseReply): void {
  if (Object.keys(data ?? {}).length < mostRows || headers.has('Content-Range')) return;
  const message = `HubEx sent ${mostRows} rows without a Content-Range: it has cut the list (B058). Read it in pages.`;
  throw callError('hubex/incomplete-list', operationId, { message });
}

/** Refuses such lists wherever they come from. */
export function uncut(send: Send): Send {
  return async (request) => {
    const reply = await send(request);
    if (request.method === 'GET') refuseCut(request.id, reply);
    return reply;
  };
}
