import type { ServerResponse } from 'node:http';
import type { Simulator } from '@hubex-kit/simulator';
import type { Request, RequestHandler } from 'express';
import { afterRest, type BodyBounds, type NoBody, readBody } from './read-body.ts';
import { transmitReply } from './transmit-reply.ts';

/** Answers of the real API are open to every origin (B011); browsers ask first. */
const openToAll = { 'access-control-allow-origin': '*' };

/** The whole API as one handler: request to plain data, plain data to response. Routes are the simulator's business. */
export function apiHost(simulator: Simulator, bounds: BodyBounds): RequestHandler {
  return async (request, response) => {
    if (request.method === 'OPTIONS') {
      response.writeHead(204, preflight(request)).end();
      return;
    }
    const body = await readBody(request, bounds);
    if (typeof body === 'string') {
      refuse(body, { request, response });
      return;
    }
    // A caller that thinks we are his proxy sends the whole address.
    const [path = '/', query = ''] = request.url.replace(/^https?:\/\/[^/?]*/i, '').split(/\?(.*)/s);
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(request.headers))
      headers[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
    const reply = await simulator.handle({ method: request.method, path, query, headers, body });
    const { transmission } = reply;
    if (transmission) return await transmitReply(response, { reply, transmission });
    const bytes = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body;
    // Without a length Node would send an empty chunked body; 204 and HEAD have none to measure.
    const isMeasured = bytes !== undefined || (reply.status !== 204 && request.method !== 'HEAD');
    const length = isMeasured ? { 'content-length': bytes?.byteLength ?? 0 } : {};
    response.writeHead(reply.status, { ...reply.headers, ...length });
    response.end(bytes);
  };
}

function preflight(request: Request): Record<string, string> {
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
function refuse(why: NoBody, { request, response }: { request: Request; response: ServerResponse }): void {
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
