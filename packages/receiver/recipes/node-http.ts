// #region node:http, and in front of any app that is a listener
import { createServer, type RequestListener } from 'node:http';
import { toNodeHandler } from '@hubex-kit/sdk/receiver/node-http';
import { receiver } from './receiver.ts';

const app: RequestListener = (_request, response) => response.writeHead(404).end(); // or your Express app
const hubex = toNodeHandler(receiver);
export const server = createServer((request, response) =>
  request.url?.startsWith('/hubex') ? hubex(request, response) : app(request, response),
);
// #endregion
