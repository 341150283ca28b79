import {
  controlDocument,
  depthHeader,
  depthOf,
  type Simulator,
  type StreamResult,
  type TextResult,
  warningHeader,
} from '@hubex-kit/simulator';
import type { Request, RequestHandler } from 'express';
import { afterRest, type BodyBounds, type NoBody, readBody } from '../api/read-body.ts';
import { readControlBody } from './control-body.ts';
import { type ControlFailure, failure, fromError } from './control-error-reply.ts';
import { type ControlRoute, controlList, findControl } from './control-routes.ts';
import { hasControlToken } from './control-token.ts';
import { sendEvents } from './event-stream.ts';
import { refuseForeign } from './guard.ts';
import { serveSink, sinkName } from './sink-host.ts';

/** How the control plane is guarded and bounded. */
export interface ControlBounds extends BodyBounds {
  readonly boundHost: string;
  /** Asked for with every control when there is one. */
  readonly controlToken: string | undefined;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Header that names the tenant of a control; `?tenant=` says the same. */
const tenantHeader = 'x-hubex-mock-tenant';

/** The control plane: routes, checks and documents come from the simulator's table of controls. */
export function controlPlane(simulator: Simulator, bounds: ControlBounds): RequestHandler {
  return async (request, response) => {
    const [path = '/', search = ''] = request.url.split(/\?(.*)/s);
    const name = sinkName(path);
    // Deliveries to a sink carry no token; what a foreign page sends is refused like anywhere else.
    if (name !== undefined && refuseForeign(request, bounds.boundHost) === undefined) {
      await serveSink(request, { response, simulator, bounds, name, query: new URLSearchParams(search) });
      return;
    }
    const { status, body, headers } = await answer(request, { simulator, bounds });
    // HEAD asks for the headers of a stream, not for the stream.
    if (isStreamResult(body)) return request.method === 'HEAD' ? void response.end() : sendEvents(response, body);
    const isText = isTextResult(body);
    const bytes = Buffer.from(isText ? body.text : `${JSON.stringify(body)}\n`);
    response.writeHead(status, {
      'content-type': isText ? body.contentType : 'application/json; charset=utf-8',
      'content-length': bytes.byteLength,
      'cache-control': 'no-store',
      ...headers,
      ...((status === 413 || status === 408) && { connection: 'close' }),
    });
    if (status !== 413) return void response.end(bytes);
    response.write(bytes);
    afterRest(request, () => response.end());
  };
}

interface Plane {
  readonly simulator: Simulator;
  readonly bounds: ControlBounds;
}

async function answer(request: Request, plane: Plane): Promise<Answer> {
  const { bounds } = plane;
  const foreign = refuseForeign(request, bounds.boundHost);
  if (foreign) return failure(403, { code: 'mock/foreign', message: foreign });
  const [path = '/', search = ''] = request.url.split(/\?(.*)/s);
  const route = findControl(request.method, path);
  // Whether the server is up is no secret: readiness probes carry no token.
  const isOpen = route.kind === 'control' && route.name === 'ready';
  if (bounds.controlToken !== undefined && !isOpen && !hasControlToken(request, bounds.controlToken)) {
    const message = 'Send the control token: Authorization: Bearer …, or x-hubex-mock-token.';
    return { ...failure(401, { code: 'mock/no-control-token', message }), headers: { 'www-authenticate': 'Bearer' } };
  }
  switch (route.kind) {
    case 'refused':
      return { ...route.failure, headers: route.allow === undefined ? {} : { allow: route.allow } };
    case 'document':
      return { status: 200, body: controlDocument(`http://${request.headers.host}/__mock`) };
    case 'list':
      return { status: 200, body: controlList() };
    case 'control':
      return carryOut(request, { ...plane, route, search });
    default:
      return route satisfies never;
  }
}

async function carryOut(
  request: Request,
  { simulator, bounds, route, search }: Plane & { route: Extract<ControlRoute, { kind: 'control' }>; search: string },
): Promise<Answer> {
  const body = await readBody(request, bounds);
  if (typeof body === 'string') return noBody(body, bounds);
  try {
    const query = new URLSearchParams(search);
    const tenant = query.get('tenant') ?? String(request.headers[tenantHeader] ?? '');
    query.delete('tenant');
    const given = readControlBody(body, request.headers['content-type']);
    const { result, madeTenant } = await simulator.invoke({
      control: route.name,
      tenant,
      depth: depthOf({ [depthHeader]: request.get(depthHeader) }),
      texts: [...query, ...(given.texts ?? [])],
      ...(given.values && { values: given.values }),
    });
    const headers = madeTenant === undefined ? {} : { [warningHeader]: `tenant ${madeTenant} was made on first sight` };
    return { status: 200, body: result, headers };
  } catch (error) {
    return fromError(error);
  }
}

function isStreamResult(body: unknown): body is StreamResult {
  return typeof body === 'object' && body !== null && 'kind' in body && body.kind === 'stream';
}

function isTextResult(body: unknown): body is TextResult {
  return typeof body === 'object' && body !== null && 'kind' in body && body.kind === 'text';
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
