import type { RequestListener } from 'node:http';
import type { Simulator } from '@hubex-kit/simulator';
import express, { type ErrorRequestHandler } from 'express';
import { type ControlBounds, controlPlane } from './control/control-plane.ts';
import { dashboardHost } from './control/dashboard-host.ts';
import { fail, sendError } from './send-error.ts';

/** Everything but the API: the control plane, and where to look for any other address. */
export function createExpressApp(
  simulator: Simulator,
  { onError, ...bounds }: ControlBounds & { readonly onError: (error: unknown) => void },
): RequestListener {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use('/__mock/dashboard', dashboardHost);
  app.use('/__mock', controlPlane(simulator, bounds));
  app.use((request, response) => {
    // Whoever opens the address in a browser wants to see something.
    if (request.path === '/' && request.accepts(['json', 'html']) === 'html')
      return void response.writeHead(302, { location: '/__mock/dashboard/' }).end();
    const message = 'The API is under /fsm, the control plane under /__mock.';
    sendError(response, 404, { code: 'mock/not-found', message });
  });
  const failed: ErrorRequestHandler = (error, _request, response, _next) => {
    fail(response, { error, onError });
  };
  app.use(failed);
  return app;
}
