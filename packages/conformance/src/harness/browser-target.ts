import { hubexHandler } from '@hubex-kit/msw';
import { createSimulator, type Simulator } from '@hubex-kit/simulator';
import { setupWorker } from 'msw/browser';
import { fetchSend } from './fetch-send.ts';
import { recordedBy } from './recorder.ts';
import type { Target } from './target.ts';

const receiverUrl = 'https://receiver.test/hook';

/** Import and export read and write .xlsx. */
const workbookNumbers = [...range(230, 249), ...range(260, 262)];

function range(from: number, to: number): readonly string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `B${from + index}`);
}

// One service worker for the page; the handlers of each test come and go.
const worker = setupWorker();
let started: Promise<unknown> | undefined;

/** The simulator in a page, behind msw's service worker: what a page of the browser sees. */
export const browserTarget: Target = {
  name: 'browser',
  unseen: {
    B031: 'a page can neither read Set-Cookie nor send Cookie',
    ...Object.fromEntries(workbookNumbers.map((number) => [number, 'the library for workbooks is one of Node'])),
  },
  async start({ assets = 40, switches = {}, tenants = 'known', clock, recorder }) {
    const simulator: Simulator = createSimulator({ assets, switches, tenants, clock });
    simulator.control.deliverTo(recordedBy(recorder));
    started ??= worker.start({ quiet: true, onUnhandledRequest: 'bypass' });
    await started;
    worker.use(hubexHandler(simulator));
    return {
      simulator,
      receiverUrl,
      send: fetchSend,
      async stop() {
        worker.resetHandlers();
        await simulator.close();
      },
    };
  },
};
