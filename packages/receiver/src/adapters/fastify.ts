import type { Receiver } from '../create-receiver.ts';
import { type NodeRequest, readNodeBody } from './node-request.ts';

/** The part of a Fastify request that the plugin uses. */
export interface FastifyRequest {
  readonly method: string;
  readonly originalUrl: string;
  readonly raw: NodeRequest;
}

/** The part of a Fastify reply that the plugin uses. */
export interface FastifyReply {
  code(status: number): { send(): unknown };
  header(name: string, value: string): unknown;
}

/** The part of a Fastify instance that the plugin uses. */
export interface FastifyScope {
  addHook(event: 'onRequest', hook: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>): unknown;
  all(path: string, handler: () => undefined): unknown;
}

/**
 * Connects a receiver to Fastify 5. A plugin with a scope of its own: it answers every address under its prefix, in a hook that runs
 * before Fastify looks at the body, so no content type and no body parser can refuse a delivery. Hooks of the instance it is
 * registered in run first.
 *
 * @example
 * app.register(toFastifyPlugin(receiver), { prefix: '/hubex' });
 */
export function toFastifyPlugin(receiver: Pick<Receiver, 'receive'>): (scope: FastifyScope) => Promise<void> {
  return async (scope) => {
    scope.addHook('onRequest', async ({ method, originalUrl, raw }, reply) => {
      const readBody = (limits: Parameters<typeof readNodeBody>[1]) => readNodeBody(raw, limits);
      const { status, close } = await receiver.receive({ method, url: originalUrl, readBody });
      if (close) reply.header('connection', 'close');
      return reply.code(status).send();
    });
    // Never reached: a hook runs only for an address that has a handler.
    for (const path of ['/', '/*']) scope.all(path, () => undefined);
  };
}
