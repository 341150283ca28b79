import type { Receiver } from '../create-receiver.ts';
import type { IncomingBody } from '../incoming.ts';
import { answerNode, toNodeHandler } from './node-http.ts';
import { type NodeRequest, type NodeResponse, readNodeBody } from './node-request.ts';
import { unpackBody } from './unpack-body.ts';

/** What to hand to `app.use`: a handler, and one for the requests that a body parser in front of it has refused. */
export type ExpressHandlers = [
  handle: (request: NodeRequest, response: NodeResponse) => Promise<void>,
  rescue: (error: unknown, request: NodeRequest, response: NodeResponse, next: (error: unknown) => void) => unknown,
];

/**
 * Connects a receiver to Express 4 and 5, before or after express.json() and its like, under any mount path. Express answers 400,
 * 413 or 415 to a body its parsers refuse, which costs the webhook one of its ten calls: such a request is taken all the same.
 * Best put before the parsers, where nothing is parsed twice.
 *
 * @example
 * app.use('/hubex', toExpressHandler(receiver));
 */
export function toExpressHandler(receiver: Pick<Receiver, 'receive'>): ExpressHandlers {
  return [
    toNodeHandler(receiver),
    (error, request, response, next) => {
      // body-parser says by `type` what it minds, and hands over the text it could not parse as `body`.
      const { type, body }: { type?: unknown; body?: unknown } = Object(error);
      if (typeof type !== 'string') return next(error);
      return answerNode(receiver, request, response, async (limits): Promise<IncomingBody> => {
        if (type === 'entity.too.large') return { kind: 'too-large' };
        if (type === 'request.aborted') return { kind: 'incomplete' };
        return body === undefined ? readNodeBody(request, limits) : unpackBody(body, limits.maxBodyBytes);
      });
    },
  ];
}
