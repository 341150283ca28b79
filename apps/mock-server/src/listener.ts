import type { RequestListener } from 'node:http';
import type { Simulator } from '@hubex-kit/simulator';
import { apiHost, belowApi } from './api/api-host.ts';
import type { MockServerOptions } from './mock-server.ts';
import { fail } from './send-error.ts';

/** Bytes a body may have, and a form with a file; the simulator has the same limits (B018). */
const largestBody = 1_048_576;
const largestForm = 16_777_216;

/**
 * What answers requests: the API at once, everything else through Express. Express is loaded with the first request that is for it: a fifth
 * of what starting the server costs.
 */
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
  const api = apiHost(simulator, { ...bounds, formLimit: largestForm });
  let app: Promise<RequestListener> | undefined;
  const load = async (): Promise<RequestListener> => {
    const { createExpressApp } = await import('./express-app.ts');
    return createExpressApp(simulator, { ...bounds, boundHost, controlToken, onError });
  };
  return (request, response) => {
    const { method = 'GET', url = '/' } = request;
    if (onRequest) {
      const [path = '/'] = url.split('?', 1);
      response.on('finish', () => onRequest({ method, path, status: response.statusCode }));
    }
    const failed = (error: unknown): void => fail(response, { error, onError });
    const below = belowApi(url);
    if (below !== undefined) api(request, response, below).catch(failed);
    else {
      app ??= load();
      app.then((handle) => handle(request, response)).catch(failed);
    }
  };
}
