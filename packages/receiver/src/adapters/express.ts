import type { Receiver } from '../create-receiver.ts';
import { toNodeHandler } from './node-http.ts';
import type { NodeRequest, NodeResponse } from './node-request.ts';

/**
 * Connects a receiver to Express 4 and 5. Works before and after express.json() and express.raw(), and under a mount path. Put it
 * before express.json() all the same: Express itself answers 400 to a body it cannot parse, and that costs the webhook a call.
 *
 * @example
 * app.use('/hubex', toExpressHandler(receiver));
 */
export function toExpressHandler(receiver: Receiver): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  return toNodeHandler(receiver);
}
