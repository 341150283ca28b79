import type { Receiver } from '../create-receiver.ts';
import { type ExpressHandlers, toExpressHandler } from './express.ts';

/**
 * Connects a receiver to NestJS on Express. Given to `app.use` before `app.listen`, it runs before Nest's body parser, guards, pipes
 * and filters: none of them can refuse a delivery. After `app.useBodyParser` it still takes what that parser refuses. In a module
 * `receiver` can be injected: `app.use(path, toNestMiddleware(app.get(HubexReceiver)))`.
 *
 * In a method of a controller that takes `@Req()` and `@Res()`, `toNodeHandler(receiver)` does the same, but Nest's parser answers
 * 400 to broken JSON before that, which costs the webhook one of its ten calls. Nest on Fastify: register `toFastifyPlugin`.
 *
 * @example
 * const app = await NestFactory.create(AppModule);
 * app.use('/hubex', toNestMiddleware(receiver));
 * await app.listen(3000);
 */
export function toNestMiddleware(receiver: Pick<Receiver, 'receive'>): ExpressHandlers {
  return toExpressHandler(receiver);
}
