import type { Receiver } from '../create-receiver.ts';
import { type NodeRequest, type NodeResponse, readNodeBody } from './node-request.ts';

/**
 * Connects a receiver to node:http, or to any framework whose requests and responses are Node's.
 *
 * @example
 * createServer(toNodeHandler(receiver)).listen(3000);
 */
export function toNodeHandler(receiver: Receiver): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  return async (request, response) => {
    const { status, close } = await receiver.receive({
      method: request.method ?? 'GET',
      url: request.originalUrl ?? request.url ?? '/',
      readBody: (limits) => readNodeBody(request, limits),
    });
    response.writeHead(status, close ? { connection: 'close' } : {});
    response.end();
  };
}
