import { workbooks } from '@hubex-kit/mock-server/workbooks';
import { hubexHandler } from '@hubex-kit/msw';
import { createSimulator, type Simulator } from '@hubex-kit/simulator';
import { setupWorker } from 'msw/browser';
import { fetchSend } from './fetch-send.ts';
import { recordedBy } from './recorder.ts';
import type { Target } from './target.ts';

const receiverUrl = 'https://receiver.test/hook';

// One service worker for the page; the handlers of each test come and go.
const worker = setupWorker();
let started: Promise<unknown> | undefined;

/** The simulator in a page, behind msw's service worker: what a page of the browser sees. */
export const browserTarget: Target = {
  name: 'browser',
  unseen: { B031: 'a page can neither read Set-Cookie nor send Cookie' },
  async start({ assets = 40, switches = {}, tenants = 'known', clock, recorder }) {
    const simulator: Simulator = createSimulator({ assets, switches, tenants, clock, workbooks });
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
