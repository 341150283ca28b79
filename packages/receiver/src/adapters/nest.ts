import type { Receiver } from '../create-receiver.ts';
import { toNodeHandler } from './node-http.ts';
import type { NodeRequest, NodeResponse } from './node-request.ts';

/**
 * Connects a receiver to NestJS on Express. Given to `app.use` before `app.listen`, it runs before Nest's body parser, guards, pipes
 * and filters: none of them can refuse a delivery. In a module `receiver` can be injected: `app.use(path, toNestMiddleware(app.get(HubexReceiver)))`.
 *
 * It also serves as the body of a controller's method that takes `@Req()` and `@Res()`, but Nest's parser answers 400 to broken JSON
 * before that, which costs the webhook one of its ten calls. Nest on Fastify: register `toFastifyPlugin` on the Fastify instance.
 *
 * @example
 * const app = await NestFactory.create(AppModule);
 * app.use('/hubex', toNestMiddleware(receiver));
 * await app.listen(3000);
 */
export function toNestMiddleware(
  receiver: Pick<Receiver, 'receive'>,
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  return toNodeHandler(receiver);
}
