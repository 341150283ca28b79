import type { ServerResponse } from 'node:http';
import type { Simulator } from '@hubex-kit/simulator';
import type { Request } from 'express';
import { type BodyBounds, readBody } from '../api/read-body.ts';
import { fromError } from './control-error-reply.ts';

/** Characters of a body that are kept. */
const longestKept = 65_536;

/** The name of the sink a path below /__mock leads to: `/sink/orders`; undefined for any other path. */
export function sinkName(path: string): string | undefined {
  const name = /^\/sink\/([^/]+)\/?$/.exec(path)?.[1];
  try {
    return name === undefined ? undefined : decodeURIComponent(name);
  } catch {
    return undefined;
  }
}

/** Receives a request with a sink and answers as the sink was told. */
export async function serveSink(
  request: Request,
  context: { response: ServerResponse; simulator: Simulator; bounds: BodyBounds; name: string; query: URLSearchParams },
): Promise<void> {
  const { response, simulator, bounds, name, query } = context;
  const bytes = await readBody(request, bounds);
  if (typeof bytes === 'string') {
    response.writeHead(bytes === 'too-large' ? 413 : 408, { 'content-length': 0, connection: 'close' }).end();
    return;
  }
  const tenant = query.get('tenant') ?? undefined;
  query.delete('tenant');
  const headers = Object.fromEntries(Object.entries(request.headers).map(([key, value]) => [key, String(value)]));
  const body = bytes ? new TextDecoder().decode(bytes).slice(0, longestKept) : '';
  try {
    const call = { sink: name, tenant, method: request.method, query: query.toString(), headers, body };
    const answer = await simulator.receive(call);
    const send = (): void => {
      const isBare = answer.status === 204 || answer.status === 304;
      response.writeHead(answer.status, isBare ? {} : { 'content-length': Buffer.byteLength(answer.body) });
      response.end(isBare ? undefined : answer.body);
    };
    if (answer.delayMs === 0) return send();
    const timer = setTimeout(send, answer.delayMs).unref();
    response.once('close', () => clearTimeout(timer));
  } catch (error) {
    const { status, body: refusal } = fromError(error);
    response
      .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
      .end(`${JSON.stringify(refusal)}\n`);
  }
}
