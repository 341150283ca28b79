import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Simulator } from '@hubex-kit/simulator';
import { afterRest, type BodyBounds, isBodyless, type NoBody, readBody } from './read-body.ts';
import { transmitReply } from './transmit-reply.ts';

/** Answers of the real API are open to every origin (B011); browsers ask first. */
const openToAll = { 'access-control-allow-origin': '*' };

/** Answers one call of the API; `url` is what follows /fsm. Rejects only for a bug. */
export type ApiHost = (request: IncomingMessage, response: ServerResponse, url: string) => Promise<void>;

/** What follows /fsm in the address of a request; undefined when it is no call of the API. */
export function belowApi(url: string): string | undefined {
  // A caller that thinks we are his proxy sends the whole address.
  const path = url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?]*/i, '');
  return /^\/fsm(?=[/?]|$)/i.test(path) ? path.slice('/fsm'.length) : undefined;
}

/**
 * The whole API as one handler: request to plain data, plain data to response. Routes are the simulator's business. It stands beside
 * Express, not in it: what Express does for each call costs more than the call itself.
 */
export function apiHost(simulator: Simulator, bounds: BodyBounds & { readonly formLimit: number }): ApiHost {
  const { limit, formLimit, timeoutMs } = bounds;
  return async (request, response, url) => {
    const { method = 'GET' } = request;
    if (method === 'OPTIONS') {
      response.writeHead(204, preflight(request)).end();
      return;
    }
    // Routes are not known here, but only a file travels in a form.
    const isForm = /^\s*multipart\//i.test(request.headers['content-type'] ?? '');
    const body = isBodyless(request)
      ? undefined
      : await readBody(request, { limit: isForm ? formLimit : limit, timeoutMs });
    if (typeof body === 'string') {
      refuse(body, { request, response });
      return;
    }
    const mark = url.indexOf('?');
    const [path, query] = mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
    const reply = await simulator.handle({ method, path: path || '/', query, headers: headersOf(request), body });
    const { transmission } = reply;
    if (transmission) {
      await transmitReply(response, { reply, transmission });
      return;
    }
    // Without a length Node would send an empty chunked body; 204 and HEAD have none to measure.
    const isMeasured = reply.body !== undefined || (reply.status !== 204 && method !== 'HEAD');
    const headers = isMeasured ? { ...reply.headers, 'content-length': lengthOf(reply.body) } : reply.headers;
    response.writeHead(reply.status, headers);
    // As one string Node sends head and body in one piece.
    response.end(reply.body);
  };
}

function lengthOf(body: string | Uint8Array | undefined): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : (body?.byteLength ?? 0);
}

/** Node joins repeated headers by itself, all but cookies to be set, which nobody sends to a server. */
function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  const plain = headers as Record<string, string>; // what is not a string is made one here
  const cookies: unknown = headers['set-cookie'];
  return Array.isArray(cookies) ? { ...plain, 'set-cookie': cookies.join(', ') } : plain;
}

function preflight(request: IncomingMessage): Record<string, string> {
  const asked = request.headers['access-control-request-headers'];
  return {
    ...openToAll,
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, DELETE',
    // The asterisk does not cover Authorization, so what is asked for is repeated.
    'access-control-allow-headers':
      asked ?? 'authorization, content-type, range, x-application-id, x-concurrency-stamp',
    'access-control-max-age': '600',
  };
}

/** Bodies that do not come are answered without one, as HubEx's own front would (B018). */
function refuse(why: NoBody, { request, response }: { request: IncomingMessage; response: ServerResponse }): void {
  const headers = { ...openToAll, 'content-length': 0, connection: 'close' };
  switch (why) {
    case 'gone':
      return;
    case 'too-slow':
      response.writeHead(408, headers).end();
      return;
    case 'too-large':
      response.writeHead(413, headers).flushHeaders();
      afterRest(request, () => response.end());
      return;
    default:
      why satisfies never;
  }
}
