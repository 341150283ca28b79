import { type Control, createSimulator, type FetchReceiver, type SimulatorOptions } from '@hubex-kit/simulator';
import { type SetupServer, setupServer } from 'msw/node';
import { defaultBaseUrl, type HubexHandlerOptions, hubexHandler } from './hubex-handler.ts';

/** A HubEx of one test: a tenant of its own, so that tests may run at the same time. */
export interface TestHubex extends Control {
  /** What the program under test needs to be given, besides `baseUrl` if it is not HubEx's own. */
  readonly serviceToken: string;
  readonly baseUrl: string;
  /** msw's server, for `server.use(hubexOperation(…))`. Its handlers are for all tests that run at the time, and go with the last of them. */
  readonly server: SetupServer;
  /** Registers a webhook and hands its deliveries to a receiver in this process: no socket, and nothing that msw could catch. */
  connect(receiver: FetchReceiver, options?: ConnectOptions): { readonly webhookId: number };
}

/** The webhook of a test. */
export interface ConnectOptions {
  /** Event ids. Default 40 to 44. */
  readonly events?: readonly number[];
  /** The address the receiver sees; put the secret it expects into it. Default https://receiver.test/hook. */
  readonly uri?: string;
}

/** How to set up the HubEx of a test file. */
export interface TestHubexOptions extends HubexHandlerOptions {
  /** How each tenant starts. */
  readonly simulator?: Omit<SimulatorOptions, 'serviceToken' | 'deliver' | 'tenants'>;
  /** What msw does with requests to others. Default bypass: they are your business. */
  readonly onUnhandledRequest?: 'bypass' | 'warn' | 'error';
}

/** HubEx behind msw, for all tests of a file. */
export interface HubexHost {
  listen(): void;
  /** The tenant of this name, as it was in the beginning. */
  open(name: string): Promise<TestHubex>;
  /** The end of a test: its tenant goes, and handlers that override go when no other test runs. */
  leave(hubex: TestHubex): Promise<void>;
  close(): Promise<void>;
}

/** Makes msw with HubEx in it, while the file is read rather than in its first test; nothing is caught before `listen`. */
export function prepareHubex(options: TestHubexOptions = {}): HubexHost {
  const { baseUrl = defaultBaseUrl, simulator: parts, onUnhandledRequest = 'bypass' } = options;
  const simulator = createSimulator(parts);
  const server = setupServer(hubexHandler(simulator, { baseUrl }));
  let running = 0;
  // Node loads its fetch when it is first touched.
  new Request(baseUrl);
  return {
    listen: () => server.listen({ onUnhandledRequest }),
    async open(name) {
      const control = simulator.tenant(tokenOf(name));
      await control.reset();
      running++;
      return testHubex(control, { server, baseUrl });
    },
    async leave(hubex) {
      running--;
      if (running === 0) server.resetHandlers();
      await hubex.removeTenant({ id: hubex.info.tenantId });
    },
    async close() {
      server.close();
      await simulator.close();
    },
  };
}

function testHubex(control: Control, { server, baseUrl }: Pick<TestHubex, 'server' | 'baseUrl'>): TestHubex {
  return {
    ...control,
    ...{ server, baseUrl, serviceToken: control.info.serviceToken },
    connect(receiver, { events, uri = 'https://receiver.test/hook' } = {}) {
      control.deliverTo(receiver);
      return control.subscribe({ uri, events });
    },
  };
}

/** The same test has the same tenant each time, whatever runs beside it: ids in snapshots stay. */
function tokenOf(name: string): string {
  let [a, b] = [0x811c9dc5, 0x1b873593];
  for (const letter of name) {
    a = Math.imul(a ^ (letter.codePointAt(0) ?? 0), 0x01000193);
    b = Math.imul(b ^ a, 0x85ebca6b);
  }
  return `test-${[a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')}`;
}
