import type { Simulator } from '@hubex-kit/simulator';
import type { RequestHandler } from 'express';
import { readBody } from './read-body.ts';

/** Answers of the real API are open to every origin (B011); browsers ask first. */
const preflight = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, DELETE',
  'access-control-allow-headers':
    'authorization, content-type, accept-language, range, x-application-id, x-concurrency-stamp, x-use-cookie',
};

/** Bytes an API body may have; the simulator has the same limit (B018). */
const largestBody = 1_048_576;

/** The whole API as one handler: request to plain data, plain data to response. Routes are the simulator's business. */
export function apiHost(simulator: Simulator): RequestHandler {
  return async (request, response) => {
    if (request.method === 'OPTIONS') {
      response.writeHead(204, preflight).end();
      return;
    }
    const body = await readBody(request, largestBody);
    if (body === 'gone') return;
    if (body === 'too-large') {
      response.writeHead(413, { 'access-control-allow-origin': '*', connection: 'close' }).end();
      return;
    }
    const [path = '/', query = ''] = request.url.split(/\?(.*)/s);
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(request.headers))
      headers[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
    const reply = await simulator.handle({ method: request.method, path, query, headers, body });
    const bytes = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body;
    response.writeHead(
      reply.status,
      bytes ? { ...reply.headers, 'content-length': bytes.byteLength } : { ...reply.headers },
    );
    response.end(bytes);
  };
}
