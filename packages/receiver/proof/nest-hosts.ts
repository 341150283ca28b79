import 'reflect-metadata';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { All, Controller, Module, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler } from 'express';
import { toNestMiddleware } from '../src/adapters/nest.ts';
import { toNodeHandler } from '../src/adapters/node-http.ts';
import type { Receiver } from '../src/index.ts';
import { maxBodyBytes } from './shapes.ts';

const parser = { limit: maxBodyBytes };

async function start(root: new () => object, set: (app: NestExpressApplication) => void): Promise<Server> {
  const app = await NestFactory.create<NestExpressApplication>(root, { logger: false, rawBody: true });
  set(app);
  await app.init();
  return app.getHttpServer();
}

/** `before` stands in front of everything. */
export function nestMiddleware(receiver: Receiver, before: RequestHandler): Promise<Server> {
  class Root {}
  Module({})(Root);
  return start(Root, (app) => app.use(before).use('/hubex', toNestMiddleware(receiver)));
}

/** The same after the body parser. */
export function nestAfterParser(receiver: Receiver, before: RequestHandler): Promise<Server> {
  class Root {}
  Module({})(Root);
  return start(Root, (app) => app.use(before).useBodyParser('json', parser).use('/hubex', toNestMiddleware(receiver)));
}

/** A controller behind the body parser. */
export function nestController(receiver: Receiver, before: RequestHandler): Promise<Server> {
  const handle = toNodeHandler(receiver);
  class Hook {
    receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
      return handle(request, response);
    }
  }
  // What @All(), @Req() and so on do, in functions: decorators need a compiler option of their own.
  const descriptor = Object.getOwnPropertyDescriptor(Hook.prototype, 'receive') ?? {};
  All(['', '*path'])(Hook.prototype, 'receive', descriptor);
  Req()(Hook.prototype, 'receive', 0);
  Res()(Hook.prototype, 'receive', 1);
  Controller('hubex')(Hook);
  class Root {}
  Module({ controllers: [Hook] })(Root);
  return start(Root, (app) => app.use(before).useBodyParser('json', parser));
}
