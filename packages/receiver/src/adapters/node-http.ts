import type { Receiver } from '../create-receiver.ts';
import type { Incoming } from '../incoming.ts';
import { type NodeRequest, type NodeResponse, readNodeBody } from './node-request.ts';

/**
 * Connects a receiver to node:http, or to any framework whose requests and responses are Node's. It answers every address it is
 * given; mounted in front of an Express app, it spares the webhook the price of Express, which is several times its own.
 *
 * @example
 * createServer(toNodeHandler(receiver)).listen(3000);
 * @example
 * const hubex = toNodeHandler(receiver);
 * createServer((request, response) => (request.url?.startsWith('/hubex') ? hubex : app)(request, response)).listen(3000);
 */
export function toNodeHandler(
  receiver: Pick<Receiver, 'receive'>,
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  return (request, response) => answerNode(receiver, request, response, (limits) => readNodeBody(request, limits));
}

/** Receives one request and answers it, unless somebody else has or the sender has gone. Never rejects. */
export async function answerNode(
  receiver: Pick<Receiver, 'receive'>,
  request: NodeRequest,
  response: NodeResponse,
  readBody: Incoming['readBody'],
): Promise<void> {
  const { method = 'GET', originalUrl, url = '/' } = request;
  try {
    const { status, close } = await receiver.receive({ method, url: originalUrl ?? url, readBody });
    if (response.headersSent) return;
    if (close) response.writeHead(status, { connection: 'close' });
    else response.writeHead(status);
    response.end();
  } catch {
    // Somebody has changed the response so that it cannot be written; a broken connection is better than a silent one.
    response.destroy();
  }
}
