import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSimulator, type Simulator, type SimulatorOptions } from '@hubex-kit/simulator';
import express from 'express';
import { apiHost } from './api/api-host.ts';
import { controlPlane } from './control/control-plane.ts';
import { isLoopback } from './delivery/address-guard.ts';
import { createHttpDeliverer } from './delivery/http-deliverer.ts';

/** How to start a mock server; everything has a default. */
export interface MockServerOptions
  extends Pick<SimulatorOptions, 'seed' | 'assets' | 'serviceToken' | 'switches' | 'clock'> {
  /** 0 takes any free port. Default 4010. */
  readonly port?: number;
  /** Address to bind. Default 127.0.0.1. */
  readonly host?: string;
  /** Deliver to public addresses too. Default false: loopback and private networks only. */
  readonly allowPublicDelivery?: boolean;
  /** Told about each answered request. */
  readonly onRequest?: (request: { readonly method: string; readonly path: string; readonly status: number }) => void;
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
  /** Stops listening, ends connections and deliveries. */
  stop(): Promise<void>;
}

/** The port could not be opened. `cause` has the system's reason. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly code = 'mock/cannot-listen';
}

/**
 * Starts a HubEx on this machine.
 * @throws OptionError for options that cannot be used, ListenError when the port cannot be opened.
 * @example
 * const hubex = await createMockServer({ port: 0 });
 * const client = createHubexClient({ baseUrl: hubex.apiUrl, serviceToken: hubex.serviceToken });
 */
export async function createMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  const { port = 4010, host = '127.0.0.1', allowPublicDelivery = false, onRequest, ...simulation } = options;
  const simulator = createSimulator({
    ...simulation,
    deliver: createHttpDeliverer({ allowPublic: allowPublicDelivery }),
  });
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
  app.use('/fsm', apiHost(simulator));
  app.use('/__mock', controlPlane(simulator, host));
  app.use((_request, response) => {
    const message = 'The API is under /fsm, the control plane under /__mock.';
    response
      .writeHead(404, { 'content-type': 'application/json; charset=utf-8' })
      .end(`${JSON.stringify({ error: { code: 'mock/not-found', message } })}\n`);
  });

  const server = createServer({ requestTimeout: 30_000, headersTimeout: 15_000 }, app);
  await listen(server, { port, host });
  const address = server.address() as AddressInfo; // a server that listens on a port has one
  const shown =
    host === '0.0.0.0' || host === '::' ? '127.0.0.1' : isLoopback(host) && host.includes(':') ? `[${host}]` : host;
  const url = `http://${shown}:${address.port}`;
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
      await simulator.control.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: Server, { port, host }: { port: number; host: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why: Record<string, string> = {
        EADDRINUSE: `Port ${port} on ${host} is in use. Choose another with --port, or --port 0 for any free one.`,
        EACCES: `Port ${port} needs rights this process does not have. Choose one from 1024 on.`,
        EADDRNOTAVAIL: `${host} is no address of this machine. Choose another --host.`,
        ENOTFOUND: `The host name ${host} is not known. Choose another --host.`,
      };
      reject(
        new ListenError(why[cause.code ?? ''] ?? `${host}:${port} could not be opened: ${cause.message}.`, { cause }),
      );
    });
    server.listen(port, host, resolve);
  });
}
