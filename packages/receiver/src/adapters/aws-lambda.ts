import type { Receiver } from '../create-receiver.ts';
import { type FunctionEvent, type FunctionReply, toFunction } from './function-event.ts';

/**
 * Connects a receiver to AWS Lambda: behind an HTTP API (payload 2.0), a REST API (payload 1.0), a load balancer, or a function URL.
 * Waits for your handlers before it answers, three seconds at most, because Lambda freezes the program then. Give it an inbox that
 * outlives the function: a memory inbox is gone with it. API Gateway itself answers 413 above 10 MB, Lambda above 6 MB.
 *
 * @example
 * export const handler = toLambdaHandler(receiver);
 */
export function toLambdaHandler(receiver: Receiver): (event: FunctionEvent) => Promise<FunctionReply> {
  return toFunction(receiver);
}
