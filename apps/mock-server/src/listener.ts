import type { RequestListener, ServerResponse } from 'node:http';
import type { Simulator } from '@hubex-kit/simulator';
import express, { type ErrorRequestHandler } from 'express';
import { apiHost, belowApi } from './api/api-host.ts';
import { controlPlane } from './control/control-plane.ts';
import type { MockServerOptions } from './mock-server.ts';

/** Bytes a body may have, and a form with a file; the simulator has the same limits (B018). */
const largestBody = 1_048_576;
const largestForm = 16_777_216;

/** What answers requests: the API at once, everything else through Express. */
export function createListener(
  simulator: Simulator,
  options: {
    readonly boundHost: string;
    readonly controlToken: string | undefined;
    /** Milliseconds a body may take. */
    readonly timeoutMs: number;
    readonly onRequest: MockServerOptions['onRequest'];
    readonly onError: (error: unknown) => void;
  },
): RequestListener {
  const { boundHost, controlToken, timeoutMs, onRequest, onError } = options;
  const bounds = { limit: largestBody, timeoutMs };
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use('/__mock', controlPlane(simulator, { ...bounds, boundHost, controlToken }));
  app.use((_request, response) => {
    const message = 'The API is under /fsm, the control plane under /__mock.';
    sendError(response, 404, { code: 'mock/not-found', message });
  });
  const failed: ErrorRequestHandler = (error, _request, response, _next) => {
    fail(response, { error, onError });
  };
  app.use(failed);
  const api = apiHost(simulator, { ...bounds, formLimit: largestForm });
  return (request, response) => {
    const { method = 'GET', url = '/' } = request;
    if (onRequest) {
      const [path = '/'] = url.split('?', 1);
      response.on('finish', () => onRequest({ method, path, status: response.statusCode }));
    }
    const below = belowApi(url);
    if (below === undefined) return void app(request, response);
    api(request, response, below).catch((error: unknown) => fail(response, { error, onError }));
  };
}

function fail(
  response: ServerResponse,
  { error, onError }: { error: unknown; onError: (error: unknown) => void },
): void {
  onError(error);
  // An answer that has begun cannot be taken back: the caller sees it break off.
  if (response.headersSent) return void response.destroy();
  sendError(response, 500, {
    code: 'mock/bug',
    message: 'The mock server failed; its log says where. Please report it.',
  });
}

function sendError(
  response: ServerResponse,
  status: number,
  error: { readonly code: string; readonly message: string },
): void {
  const text = Buffer.from(`${JSON.stringify({ error })}\n`);
  const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': text.byteLength };
  response.writeHead(status, headers).end(text);
}
