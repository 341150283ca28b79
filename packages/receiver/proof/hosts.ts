import 'reflect-metadata';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { http } from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import { getRequestListener } from '@hono/node-server';
import { All, Controller, Module, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type RequestHandler } from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';
import { toExpressHandler } from '../src/adapters/express.ts';
import { toFastifyPlugin } from '../src/adapters/fastify.ts';
import { toFetchHandler } from '../src/adapters/fetch.ts';
import { toGoogleFunction } from '../src/adapters/google-functions.ts';
import { toKoaMiddleware } from '../src/adapters/koa.ts';
import { toNestMiddleware } from '../src/adapters/nest.ts';
import { toNodeHandler } from '../src/adapters/node-http.ts';
import type { Receiver } from '../src/index.ts';
import {
  doubledSlashes,
  type Exceptions,
  frameworkRefusesJson,
  nothingRunsBefore,
  parsedElsewhere,
  parserReadsFirst,
} from './exceptions.ts';
import { maxBodyBytes } from './shapes.ts';

/** A server somebody might run, with a receiver in it. */
export interface Host {
  readonly name: string;
  readonly open: (receiver: Receiver) => Server | Promise<Server>;
  readonly exceptions: Exceptions;
}

/** Plays the middleware that reads a body and leaves nothing, if the request asks for it. */
async function consume(request: IncomingMessage): Promise<void> {
  if (!request.headers['x-consume']) return;
  request.resume();
  await new Promise((resolve) => request.on('end', resolve));
}

const consumeInExpress: RequestHandler = (request, _, next) => void consume(request).then(() => next());

/** Express, old or new, with something in front of the receiver. */
function expressWith(make: typeof express, ...before: RequestHandler[]): Host['open'] {
  return (receiver) =>
    createServer(
      make()
        .use(consumeInExpress, ...before)
        .use('/hubex', toExpressHandler(receiver)),
    );
}

// Its types are those of Express 5, which say the same about what is used here.
const oldExpress: typeof express = createRequire(import.meta.url)('express4');
const parser = { limit: maxBodyBytes };
const everything = { ...parser, type: () => true };

/** Collects the body the way Koa's body parsers do. */
const koaParser: Koa.Middleware = async (context, next) => {
  const chunks: Buffer[] = [];
  for await (const chunk of context.req) chunks.push(chunk);
  Object.assign(context.request, { rawBody: Buffer.concat(chunks).toString(), body: {} });
  await next();
};

function koaWith(...before: Koa.Middleware[]): Host['open'] {
  return (receiver) => {
    const app = new Koa();
    for (const middleware of before) app.use(middleware);
    return createServer(app.use(toKoaMiddleware(receiver)).callback());
  };
}

async function nest(module: new () => object, set: (app: NestExpressApplication) => void): Promise<Server> {
  const app = await NestFactory.create<NestExpressApplication>(module, { logger: false, rawBody: true });
  set(app.useBodyParser('json', parser));
  await app.init();
  return app.getHttpServer();
}

function nestController(receiver: Receiver): Promise<Server> {
  const handle = toNestMiddleware(receiver);
  class Hook {
    receive(request: Parameters<typeof handle>[0], response: Parameters<typeof handle>[1]): Promise<void> {
      return handle(request, response);
    }
  }
  // What @All('*'), @Req() and so on do, in functions: decorators need a compiler option of their own.
  const descriptor = Object.getOwnPropertyDescriptor(Hook.prototype, 'receive') ?? {};
  for (const path of ['', '*path']) All(path)(Hook.prototype, 'receive', descriptor);
  All(['', '*path'])(Hook.prototype, 'receive', descriptor);
  Req()(Hook.prototype, 'receive', 0);
  Res()(Hook.prototype, 'receive', 1);
  Controller('hubex')(Hook);
  class Root {}
  Module({ controllers: [Hook] })(Root);
  return nest(Root, () => undefined);
}

function nestMiddleware(receiver: Receiver): Promise<Server> {
  class Root {}
  Module({})(Root);
  return nest(Root, (app) => app.use(consumeInExpress).use('/hubex', toNestMiddleware(receiver)));
}

async function fastifyPlugin(receiver: Receiver): Promise<Server> {
  const app = fastify().addHook('onRequest', ({ raw }) => consume(raw));
  app.register(toFastifyPlugin(receiver), { prefix: '/hubex' });
  await app.ready();
  return app.server;
}

function hono(receiver: Receiver): Server {
  const handle = toFetchHandler(receiver);
  const app = new Hono().all('*', async ({ req }) => {
    if (req.header('x-consume')) await req.raw.text();
    return handle(req.raw);
  });
  return createServer(getRequestListener(app.fetch));
}

/** Every kind of server. */
export const hosts: readonly Host[] = [
  {
    name: 'node:http',
    open(receiver) {
      const handle = toNodeHandler(receiver);
      return createServer((request, response) => void consume(request).then(() => handle(request, response)));
    },
    exceptions: {},
  },
  { name: 'fetch in Hono', open: hono, exceptions: {} },
  { name: 'Fastify', open: fastifyPlugin, exceptions: doubledSlashes },
  { name: 'Koa', open: koaWith((context, next) => consume(context.req).then(next)), exceptions: {} },
  {
    name: 'Koa after a body parser',
    open: koaWith(koaParser),
    exceptions: { ...parserReadsFirst, ...parsedElsewhere },
  },
  { name: 'Express 5', open: expressWith(express), exceptions: doubledSlashes },
  { name: 'Express 4', open: expressWith(oldExpress), exceptions: doubledSlashes },
  ...[express, oldExpress].flatMap((make, index): Host[] => {
    const name = `Express ${5 - index} after`;
    const exceptions = { ...doubledSlashes, ...parserReadsFirst };
    return [
      { name: `${name} json()`, open: expressWith(make, make.json(parser)), exceptions },
      { name: `${name} json() for every type`, open: expressWith(make, make.json(everything)), exceptions },
      { name: `${name} urlencoded()`, open: expressWith(make, make.urlencoded(parser)), exceptions: doubledSlashes },
      { name: `${name} raw()`, open: expressWith(make, make.raw(everything)), exceptions },
      { name: `${name} text()`, open: expressWith(make, make.text(everything)), exceptions },
    ];
  }),
  {
    name: 'Express 5 in a router',
    open: (receiver) =>
      createServer(
        express()
          .use(consumeInExpress)
          .use('/hubex', express.Router().use('/', toExpressHandler(receiver))),
      ),
    exceptions: doubledSlashes,
  },
  { name: 'Nest by app.use', open: nestMiddleware, exceptions: doubledSlashes },
  {
    name: 'Nest in a controller',
    open: nestController,
    exceptions: { ...doubledSlashes, ...parserReadsFirst, ...frameworkRefusesJson, ...nothingRunsBefore },
  },
  {
    name: 'Google Cloud Functions',
    open(receiver) {
      http('hubex', toGoogleFunction(receiver));
      return getTestServer('hubex');
    },
    exceptions: { ...parserReadsFirst, ...frameworkRefusesJson, ...nothingRunsBefore },
  },
];

/** Starts a host on a free port. */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port; // it listens on a port
}
