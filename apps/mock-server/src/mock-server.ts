import { createServer } from 'node:http';
import { type Clock, createSimulator, type Simulator, type SimulatorOptions } from '@hubex-kit/simulator';
import express, { type ErrorRequestHandler } from 'express';
import { apiHost } from './api/api-host.ts';
import { checkOptions } from './check-options.ts';
import { controlPlane } from './control/control-plane.ts';
import { dashboardHost } from './control/dashboard-host.ts';
import { createHttpDeliverer, type DeliveryReport } from './delivery/http-deliverer.ts';
import { listen } from './listen.ts';

/** How to start a mock server; everything has a default. */
export interface MockServerOptions
  extends Pick<SimulatorOptions, 'seed' | 'assets' | 'serviceToken' | 'switches' | 'clock' | 'tenants' | 'maxTenants'> {
  /** 0 takes any free port. Default 4010. */
  readonly port?: number;
  /** Address to bind. Default 127.0.0.1. One that others can reach needs a `controlToken`: who drives the mock makes it call private addresses. */
  readonly host?: string;
  /** Asked for by every control but `ready`, 8 to 200 printable characters without spaces. Default: none. */
  readonly controlToken?: string;
  /** Deliver to public addresses too. Default false: loopback and private networks only. Metadata addresses never. */
  readonly allowPublicDelivery?: boolean;
  /** Milliseconds the body of a request may take to arrive, 1 to 600000; then 408. Default 10000. */
  readonly bodyTimeoutMs?: number;
  /** Told about each answered request. */
  readonly onRequest?: (request: { readonly method: string; readonly path: string; readonly status: number }) => void;
  /** Told about each call of a webhook when it is over. Holds no address and no body. */
  readonly onDelivery?: (report: DeliveryReport) => void;
  /** Told about a bug of the mock; the caller was answered 500. Default: the process's warnings. */
  readonly onError?: (error: unknown) => void;
}

/** A running mock server. */
export interface MockServer {
  /** http://127.0.0.1:4010 */
  readonly url: string;
  /** Base address for clients: `url` + /fsm. */
  readonly apiUrl: string;
  /** `url` + /__mock. */
  readonly controlUrl: string;
  readonly serviceToken: string;
  readonly tenantId: number;
  /** The HubEx inside, for tests in the same process. */
  readonly simulator: Simulator;
  /** Stops listening, ends connections and deliveries. Calling it again is harmless. */
  stop(): Promise<void>;
}

/** Bytes a body may have; the simulator has the same limit (B018). */
const largestBody = 1_048_576;

/** The computer's time; what waits for it does not keep a stopped server's process alive. */
const hostClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms).unref();
    return () => clearTimeout(timer);
  },
};

/**
 * Starts a HubEx on this machine.
 * @throws OptionError for options that cannot be used, ListenError when the port cannot be opened.
 * @example
 * const hubex = await createMockServer({ port: 0 });
 * const client = createHubexClient({ baseUrl: hubex.apiUrl, serviceToken: hubex.serviceToken });
 */
export async function createMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  checkOptions(options);
  const { port = 4010, host = '127.0.0.1', controlToken, bodyTimeoutMs = 10_000, ...rest } = options;
  const { allowPublicDelivery = false, onRequest, onDelivery, onError = warn, ...simulation } = rest;
  const deliver = createHttpDeliverer({ allowPublic: allowPublicDelivery, onDelivery });
  const simulator = createSimulator({ clock: hostClock, ...simulation, deliver });
  const bounds = { limit: largestBody, timeoutMs: bodyTimeoutMs };
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  if (onRequest) {
    app.use((request, response, next) => {
      const [path = '/'] = request.originalUrl.split('?', 1);
      response.on('finish', () => onRequest({ method: request.method, path, status: response.statusCode }));
      next();
    });
  }
  app.use('/fsm', apiHost(simulator, bounds));
  app.use('/__mock/dashboard', dashboardHost);
  app.use('/__mock', controlPlane(simulator, { ...bounds, boundHost: host, controlToken }));
  app.use((request, response) => {
    // Whoever opens the address in a browser wants to see something.
    if (request.path === '/' && request.accepts(['json', 'html']) === 'html')
      return void response.writeHead(302, { location: '/__mock/dashboard/' }).end();
    const message = 'The API is under /fsm, the control plane under /__mock.';
    sendError(response, 404, { code: 'mock/not-found', message });
  });
  const failed: ErrorRequestHandler = (error, _request, response, _next) => {
    onError(error);
    // An answer that has begun cannot be taken back: the caller sees it break off.
    if (response.headersSent) return void response.destroy();
    sendError(response, 500, {
      code: 'mock/bug',
      message: 'The mock server failed; its log says where. Please report it.',
    });
  };
  app.use(failed);

  const server = createServer({ requestTimeout: 30_000, headersTimeout: 15_000, keepAliveTimeout: 60_000 }, app);
  const url = await listen(server, { port, host });
  const { serviceToken, tenantId } = simulator.control.info;
  return {
    url,
    apiUrl: `${url}/fsm`,
    controlUrl: `${url}/__mock`,
    serviceToken,
    tenantId,
    simulator,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await simulator.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function sendError(
  response: Parameters<ErrorRequestHandler>[2],
  status: number,
  error: { readonly code: string; readonly message: string },
): void {
  const text = Buffer.from(`${JSON.stringify({ error })}\n`);
  const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': text.byteLength };
  response.writeHead(status, headers).end(text);
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
