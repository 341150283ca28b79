import { workbooks } from '@hubex-kit/mock-server/workbooks';
import { hubexHandler } from '@hubex-kit/msw';
import { createSimulator } from '@hubex-kit/simulator';
import { setupServer } from 'msw/node';
import { fetchSend } from './fetch-send.ts';
import { recordedBy } from './recorder.ts';
import type { Target } from './target.ts';

const receiverUrl = 'https://receiver.test/hook';

/** The simulator behind msw: requests are made by the global fetch, deliveries come as fetch requests. */
export const mswTarget: Target = {
  name: 'msw',
  async start({ assets = 40, switches = {}, tenants = 'known', clock, recorder }) {
    const simulator = createSimulator({ assets, switches, clock, tenants, workbooks });
    simulator.control.deliverTo(recordedBy(recorder));
    const server = setupServer(hubexHandler(simulator));
    server.listen({ onUnhandledRequest: 'error' });
    return {
      simulator,
      receiverUrl,
      send: fetchSend,
      async stop() {
        server.close();
        await simulator.close();
      },
    };
  },
};
