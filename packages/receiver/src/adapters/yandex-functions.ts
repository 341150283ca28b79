import type { Receiver } from '../create-receiver.ts';
import { type FunctionEvent, type FunctionReply, toFunction } from './function-event.ts';

/**
 * Connects a receiver to Yandex Cloud Functions, called by its own address or through an API Gateway. The function must be public
 * (`allow-unauthenticated-invoke`): HubEx sends no token. A function's own address has no path, so the secret goes into the query:
 * `https://functions.yandexcloud.net/<id>?key=<secret>`. Waits for your handlers before it answers, three seconds at most. Give it an
 * inbox that outlives the function. The platform itself refuses bodies above 3.5 MB.
 *
 * @example
 * export const handler = toYandexFunction(receiver);
 */
export function toYandexFunction(receiver: Receiver): (event: FunctionEvent) => Promise<FunctionReply> {
  return toFunction(receiver);
}
