import { nearest } from '@hubex-kit/contract/nearest';
import { type OperationId, operations } from '@hubex-kit/contract/operations';
import { type HttpHandler, type HttpResponseResolver, http } from 'msw';
import { defaultBaseUrl, type HubexHandlerOptions, readBase } from './hubex-handler.ts';

/** How an override applies. */
export interface OperationOptions extends HubexHandlerOptions {
  /** Only the first time; then HubEx answers again. Default false. */
  readonly once?: boolean;
}

const methods = { GET: http.get, HEAD: http.head, POST: http.post, PUT: http.put, DELETE: http.delete } as const;

/**
 * A handler for one operation of the spec, to put before HubEx with `server.use`: everything else stays as it is.
 *
 * @throws TypeError for an operation the spec does not have.
 * @example server.use(hubexOperation('publishAsset', () => new HttpResponse(null, { status: 503 }), { once: true }));
 */
export function hubexOperation(
  id: OperationId,
  resolver: HttpResponseResolver,
  { baseUrl = defaultBaseUrl, once = false }: OperationOptions = {},
): HttpHandler {
  if (!Object.hasOwn(operations, id))
    throw new TypeError(`There is no operation ${id}; did you mean ${nearest(id, Object.keys(operations))}?`);
  const { method, path } = operations[id];
  const make = methods[method as keyof typeof methods]; // the spec has these five
  // {assetID} is :assetID here; ids are numbers, and `activate` beside `{id}` is none.
  const pattern = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `:${name}`);
  return make(`${readBase(baseUrl)}${pattern}`, resolver, { once });
}
