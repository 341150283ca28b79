import type { Simulator } from '@hubex-kit/simulator';
import type { Request, RequestHandler } from 'express';
import { afterRest, type BodyBounds, type NoBody, readBody } from '../api/read-body.ts';
import { type ControlFailure, failure, fromError } from './control-error-reply.ts';
import { readCount, readEmission, readFilter, refuseUnknown } from './control-input.ts';
import { refuseForeign } from './guard.ts';

interface ControlRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Parameters of the query; any other is refused. */
  readonly query: readonly string[];
  readonly run: (input: { query: URLSearchParams; body: Uint8Array | undefined }) => unknown;
}

/** Everything under /__mock. */
function controlRoutes({ control }: Simulator): readonly ControlRoute[] {
  return [
    {
      method: 'GET',
      path: '/ready',
      query: [],
      run: () => ({ ready: true, tenantId: control.info.tenantId, seed: control.info.seed }),
    },
    {
      method: 'POST',
      path: '/reset',
      query: [],
      async run() {
        await control.reset();
        return { reset: true };
      },
    },
    {
      method: 'GET',
      path: '/deliveries',
      query: ['eventId', 'assetId', 'webhookId', 'state'],
      run: ({ query }) => control.deliveries(readFilter(query)),
    },
    {
      method: 'GET',
      path: '/settled',
      query: ['within'],
      run: ({ query }) => control.settled(readCount(query, 'within')),
    },
    {
      method: 'GET',
      path: '/wait',
      query: ['eventId', 'assetId', 'webhookId', 'count', 'within'],
      run({ query }) {
        const { state: _, ...filter } = readFilter(query);
        const [count, within] = [readCount(query, 'count'), readCount(query, 'within')];
        return control.wait({
          ...filter,
          ...(count !== undefined && { count }),
          ...(within !== undefined && { within }),
        });
      },
    },
    { method: 'POST', path: '/emit', query: [], run: ({ body }) => control.emit(readEmission(body)) },
  ];
}

/** The control plane: JSON in, JSON out, for this machine only. */
export function controlPlane(
  simulator: Simulator,
  { boundHost, ...bounds }: BodyBounds & { readonly boundHost: string },
): RequestHandler {
  const routes = controlRoutes(simulator);
  const answer = async (request: Request): Promise<{ status: number; body: unknown; allow?: string }> => {
    const foreign = refuseForeign(request, boundHost);
    if (foreign) return failure(403, { code: 'mock/foreign', message: foreign });
    const [path = '/', search = ''] = request.url.split(/\?(.*)/s);
    const here = routes.filter((route) => route.path === path.replace(/\/+$/, ''));
    const known = routes.map((route) => `${route.method} /__mock${route.path}`).join(', ');
    if (here.length === 0)
      return failure(404, { code: 'mock/unknown-control', message: `There is no control ${path}; known: ${known}.` });
    // Node leaves the body of an answer to HEAD out by itself.
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const route = here.find((each) => each.method === method);
    if (!route) {
      const allow = here.map((each) => (each.method === 'GET' ? 'GET, HEAD' : each.method)).join(', ');
      const message = `Use ${here[0]?.method} for /__mock${path}.`;
      return { ...failure(405, { code: 'mock/wrong-method', message }), allow };
    }
    const body = await readBody(request, bounds);
    if (typeof body === 'string') return noBody(body, bounds);
    try {
      const query = new URLSearchParams(search);
      refuseUnknown(query, route.query);
      return { status: 200, body: await route.run({ query, body }) };
    } catch (error) {
      return fromError(error);
    }
  };
  return async (request, response) => {
    const { status, body, allow } = await answer(request);
    const text = Buffer.from(`${JSON.stringify(body)}\n`);
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': text.byteLength,
      ...(allow && { allow }),
      ...((status === 413 || status === 408) && { connection: 'close' }),
    });
    if (status !== 413) return void response.end(text);
    response.write(text);
    afterRest(request, () => response.end());
  };
}

function noBody(why: NoBody, { limit, timeoutMs }: BodyBounds): ControlFailure {
  switch (why) {
    case 'too-large':
      return failure(413, { code: 'mock/too-large', message: `The body has more than ${limit} bytes; send less.` });
    case 'too-slow':
      return failure(408, { code: 'mock/too-slow', message: `The body did not arrive within ${timeoutMs} ms.` });
    case 'gone':
      return failure(400, { code: 'mock/incomplete', message: 'The body did not arrive in full.' });
    default:
      return why satisfies never;
  }
}
