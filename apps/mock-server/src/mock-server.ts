import { createServer } from 'node:http';
import { type Clock, createSimulator, type Simulator, type SimulatorOptions, systemClock } from '@hubex-kit/simulator';
import { checkOptions } from './check-options.ts';
import type { KeptData } from './data/keep-data.ts';
import { createHttpDeliverer, type DeliveryReport } from './delivery/http-deliverer.ts';
import { listen } from './listen.ts';
import { createListener } from './listener.ts';
import { createReadiness } from './readiness.ts';
import { workbooks } from './workbooks.ts';

/** How to start a mock server; everything has a default. */
export interface MockServerOptions
  extends Pick<
    SimulatorOptions,
    'seed' | 'assets' | 'serviceToken' | 'switches' | 'clock' | 'tenants' | 'maxTenants' | 'maxDepth'
  > {
  /** 0 takes any free port. Default 4010. */
  readonly port?: number;
  /** Address to bind. Default 127.0.0.1. One that others can reach needs a `controlToken`: who drives the mock makes it call private addresses. */
  readonly host?: string;
  /** Asked for by every control but `ready`, 8 to 200 printable characters without spaces. Default: none. */
  readonly controlToken?: string;
  /** Deliver to public addresses too. Default false: loopback and private networks only. Metadata addresses never. */
  readonly allowPublicDelivery?: boolean;
  /** Names or addresses of public hosts that may be delivered to. Default: none. Metadata addresses never, whatever their name. */
  readonly allowHosts?: readonly string[];
  /** Milliseconds the body of a request may take to arrive, 1 to 600000; then 408. Default 10000. */
  readonly bodyTimeoutMs?: number;
  /**
   * A file that keeps all tenants over restarts; made if it is not there. A crash costs at most the changes of the last two seconds, never the
   * file. Default: memory only.
   */
  readonly data?: string;
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

/** The computer's time; what waits for it does not keep a stopped server's process alive. */
const hostClock: Clock = {
  ...systemClock,
  after(ms, run) {
    const timer = setTimeout(run, ms).unref();
    return () => clearTimeout(timer);
  },
};

/**
 * Starts a HubEx on this machine.
 * @throws OptionError for options that cannot be used, ListenError when the port cannot be opened, DataError when the file of `data` cannot be used.
 * @example
 * const hubex = await createMockServer({ port: 0 });
 * const client = createHubexClient({ baseUrl: hubex.apiUrl, serviceToken: hubex.serviceToken });
 */
export async function createMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  checkOptions(options);
  const { port = 4010, host = '127.0.0.1', controlToken, bodyTimeoutMs = 10_000, data, ...rest } = options;
  const { allowPublicDelivery = false, allowHosts = [], onRequest, onDelivery, onError = warn, ...simulation } = rest;
  const readiness = createReadiness();
  const limits = { requestTimeout: 30_000, headersTimeout: 15_000, keepAliveTimeout: 60_000 };
  const server = createServer(limits, readiness.listener);
  const url = await listen(server, { port, host });
  let simulator: Simulator;
  let kept: KeptData | undefined;
  try {
    const rule = {
      allowPublic: allowPublicDelivery,
      allowHosts: new Set(allowHosts.map((name) => name.toLowerCase())),
    };
    const deliver = createHttpDeliverer({ ...rule, onDelivery });
    simulator = createSimulator({ clock: hostClock, ...simulation, deliver, workbooks });
    // Loaded only by those who keep something.
    if (data !== undefined)
      kept = await (await import('./data/keep-data.ts')).keepData(simulator, { file: data, onError });
  } catch (error) {
    server.close();
    server.closeAllConnections();
    throw error;
  }
  const bounds = { boundHost: host, controlToken, timeoutMs: bodyTimeoutMs };
  readiness.open(createListener(simulator, { ...bounds, onRequest, onError }));
  const { serviceToken, tenantId } = simulator.control.info;
  return {
    url,
    apiUrl: `${url}/fsm`,
    controlUrl: `${url}/__mock`,
    serviceToken,
    tenantId,
    simulator,
    async stop() {
      readiness.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      try {
        // What is on its way goes on after the next start.
        await kept?.stop(() => simulator.close());
      } finally {
        kept = undefined;
        await simulator.close();
        server.closeAllConnections();
        await closed;
      }
    },
  };
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
