import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { http } from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import { getRequestListener } from '@hono/node-server';
import { bodyParser } from '@koa/bodyparser';
import express, { type RequestHandler } from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';
import { toExpressHandler } from '../src/adapters/express.ts';
import { toFastifyPlugin } from '../src/adapters/fastify.ts';
import { toFetchHandler } from '../src/adapters/fetch.ts';
import { toGoogleFunction } from '../src/adapters/google-functions.ts';
import { toKoaMiddleware } from '../src/adapters/koa.ts';
import { toNodeHandler } from '../src/adapters/node-http.ts';
import type { Receiver } from '../src/index.ts';
import {
  type Exceptions,
  expressForms,
  expressRefuses,
  expressWaits,
  googleRefuses,
  koaRefuses,
  mountedInExpress,
  mountedInFastify,
  nestRefuses,
} from './exceptions.ts';
import { nestAfterParser, nestController, nestMiddleware } from './nest-hosts.ts';
import { openServer, type Place } from './place.ts';
import { maxBodyBytes } from './shapes.ts';

type Open = (receiver: Receiver) => Server | Promise<Server>;

/** Plays the middleware that reads a body and leaves nothing, if the request asks for it. */
async function consume(request: IncomingMessage): Promise<void> {
  if (!request.headers['x-consume'] || request.readableEnded) return;
  request.resume();
  await new Promise((resolve) => request.on('end', resolve));
}

const consumeInExpress: RequestHandler = (request, _, next) => void consume(request).then(() => next());

/** Express, old or new, with something in front of the receiver. */
function expressWith(make: typeof express, ...before: RequestHandler[]): Open {
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

function koaWith(...before: Koa.Middleware[]): Open {
  return (receiver) => {
    const app = new Koa();
    // What its parser throws is part of the shapes.
    app.silent = true;
    for (const middleware of before) app.use(middleware);
    return createServer(app.use(toKoaMiddleware(receiver)).callback());
  };
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

function server(name: string, open: Open, exceptions: Exceptions = {}): Place {
  return { name, exceptions, open: async (receiver) => openServer(await open(receiver)) };
}

function behindParser(name: string, open: Open, exceptions: Exceptions): Place {
  return { ...server(name, open, exceptions), parsesFirst: true };
}

function nodeHttp(receiver: Receiver): Server {
  const handle = toNodeHandler(receiver);
  return createServer((request, response) => void consume(request).then(() => handle(request, response)));
}

function googleFunction(receiver: Receiver): Server {
  http('hubex', toGoogleFunction(receiver));
  return getTestServer('hubex');
}

/** Express 4 and 5 behind every parser it has. */
function expressBehindParsers(version: 4 | 5): readonly Place[] {
  const make = version === 5 ? express : oldExpress;
  const name = `Express ${version} after`;
  return [
    behindParser(`${name} json()`, expressWith(make, make.json(parser)), expressRefuses),
    behindParser(`${name} json() for every type`, expressWith(make, make.json(everything)), expressRefuses),
    behindParser(
      `${name} urlencoded()`,
      expressWith(make, make.urlencoded({ ...parser, extended: false })),
      expressForms,
    ),
    behindParser(`${name} raw()`, expressWith(make, make.raw(everything)), expressWaits),
    behindParser(`${name} text()`, expressWith(make, make.text(everything)), expressRefuses),
  ];
}

/** Every kind of server. */
export const hosts: readonly Place[] = [
  server('node:http', nodeHttp),
  server('fetch in Hono', hono),
  server('Fastify', fastifyPlugin, mountedInFastify),
  server(
    'Koa',
    koaWith((context, next) => consume(context.req).then(next)),
  ),
  behindParser(
    'Koa after a body parser',
    koaWith((context, next) => consume(context.req).then(next), bodyParser({ jsonLimit: maxBodyBytes })),
    koaRefuses,
  ),
  server('Express 5', expressWith(express), mountedInExpress),
  server('Express 4', expressWith(oldExpress), mountedInExpress),
  server(
    'Express 5 in a router',
    (receiver) =>
      createServer(
        express().use(
          '/',
          express
            .Router()
            .use(consumeInExpress)
            .use('/hubex', express.Router().use('/', toExpressHandler(receiver))),
        ),
      ),
    mountedInExpress,
  ),
  ...expressBehindParsers(5),
  ...expressBehindParsers(4),
  server('Nest by app.use', (receiver) => nestMiddleware(receiver, consumeInExpress), mountedInExpress),
  behindParser('Nest after useBodyParser', (receiver) => nestAfterParser(receiver, consumeInExpress), expressRefuses),
  behindParser('Nest in a controller', (receiver) => nestController(receiver, consumeInExpress), nestRefuses),
  behindParser('Google Cloud Functions', googleFunction, googleRefuses),
];
