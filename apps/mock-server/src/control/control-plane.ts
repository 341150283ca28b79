import type { Simulator } from '@hubex-kit/simulator';
import type { RequestHandler } from 'express';
import { readBody } from '../api/read-body.ts';
import { failure, fromError } from './control-error-reply.ts';
import { readCount, readEmission, readFilter, refuseUnknown } from './control-input.ts';
import { refuseForeign } from './guard.ts';

interface ControlRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly run: (input: { query: URLSearchParams; body: Uint8Array | undefined }) => unknown;
}

const filters = ['eventId', 'assetId', 'webhookId', 'state'];

/** Everything under /__mock. */
function controlRoutes({ control }: Simulator): readonly ControlRoute[] {
  return [
    {
      method: 'GET',
      path: '/ready',
      run: () => ({ ready: true, tenantId: control.info.tenantId, seed: control.info.seed }),
    },
    {
      method: 'POST',
      path: '/reset',
      async run() {
        await control.reset();
        return { reset: true };
      },
    },
    {
      method: 'GET',
      path: '/deliveries',
      run({ query }) {
        refuseUnknown(query, filters);
        return control.deliveries(readFilter(query));
      },
    },
    {
      method: 'GET',
      path: '/settled',
      run({ query }) {
        refuseUnknown(query, ['within']);
        return control.settled(readCount(query, 'within'));
      },
    },
    {
      method: 'GET',
      path: '/wait',
      run({ query }) {
        refuseUnknown(query, ['eventId', 'assetId', 'webhookId', 'count', 'within']);
        const { state: _, ...filter } = readFilter(query);
        const [count, within] = [readCount(query, 'count'), readCount(query, 'within')];
        return control.wait({
          ...filter,
          ...(count !== undefined && { count }),
          ...(within !== undefined && { within }),
        });
      },
    },
    { method: 'POST', path: '/emit', run: ({ body }) => control.emit(readEmission(body)) },
  ];
}

/** The control plane: JSON in, JSON out, for this machine only. */
export function controlPlane(simulator: Simulator, boundHost: string): RequestHandler {
  const routes = controlRoutes(simulator);
  const answer = async (request: Parameters<RequestHandler>[0]): Promise<{ status: number; body: unknown }> => {
    const foreign = refuseForeign(request, boundHost);
    if (foreign) return failure(403, { code: 'mock/foreign', message: foreign });
    const [path = '/', search = ''] = request.url.split(/\?(.*)/s);
    const here = routes.filter((route) => route.path === path.replace(/\/+$/, ''));
    const known = routes.map((route) => `${route.method} /__mock${route.path}`).join(', ');
    if (here.length === 0)
      return failure(404, { code: 'mock/unknown-control', message: `There is no control ${path}; known: ${known}.` });
    const route = here.find(({ method }) => method === request.method);
    if (!route)
      return failure(405, { code: 'mock/wrong-method', message: `Use ${here[0]?.method} for /__mock${path}.` });
    const body = await readBody(request, 1_048_576);
    if (body === 'too-large')
      return failure(413, { code: 'mock/too-large', message: 'The body has more than 1048576 bytes.' });
    if (body === 'gone') return failure(400, { code: 'mock/incomplete', message: 'The body did not arrive in full.' });
    try {
      return { status: 200, body: await route.run({ query: new URLSearchParams(search), body }) };
    } catch (error) {
      return fromError(error);
    }
  };
  return async (request, response) => {
    const { status, body } = await answer(request);
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(`${JSON.stringify(body)}\n`);
  };
}
