import type { Receiver } from '../create-receiver.ts';
import { awaitHandlers } from './await-handlers.ts';
import { toNodeHandler } from './node-http.ts';
import type { NodeRequest, NodeResponse } from './node-request.ts';

/**
 * Connects a receiver to Google Cloud Functions and Firebase (`onRequest`), which have parsed the body by then and keep it as
 * `rawBody`. Waits for your handlers before it answers, three seconds at most, because the program gets no CPU afterwards. The
 * functions framework itself answers 400 to broken JSON that says it is JSON, before any function runs; nothing here can change that.
 *
 * @example
 * http('hubex', toGoogleFunction(receiver));
 */
export function toGoogleFunction(receiver: Receiver): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  return toNodeHandler(awaitHandlers(receiver));
}
