import type { Receiver } from '../create-receiver.ts';
import { type NodeRequest, type ParsedBody, readNodeBody } from './node-request.ts';

/** The part of a Koa context that the middleware uses. */
export interface KoaContext {
  readonly method: string;
  readonly originalUrl: string;
  readonly req: NodeRequest;
  /** Where Koa's body parsers leave `body` and `rawBody`. */
  readonly request: ParsedBody;
  status: number;
  body: unknown;
  set(name: string, value: string): void;
}

/**
 * Connects a receiver to Koa 2 and 3. It answers every request it is given and calls no further middleware, so hand it only the
 * requests of its own path. Works before and after a body parser; put it before, since a parser answers 400 to what it cannot parse.
 *
 * @example
 * const hubex = toKoaMiddleware(receiver);
 * app.use((context, next) => (context.path.startsWith('/hubex') ? hubex(context) : next()));
 */
export function toKoaMiddleware(receiver: Pick<Receiver, 'receive'>): (context: KoaContext) => Promise<void> {
  return async (context) => {
    const { status, close } = await receiver.receive({
      method: context.method,
      url: context.originalUrl,
      readBody: (limits) => readNodeBody(context.req, limits, context.request),
    });
    // In this order: a null body sets a status of its own.
    context.body = null;
    context.status = status;
    if (close) context.set('connection', 'close');
  };
}
