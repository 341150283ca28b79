import { hubexHandler } from '@hubex-kit/msw';
import { createSimulator } from '@hubex-kit/simulator';
import { setupServer } from 'msw/node';
import { recordedBy } from './recorder.ts';
import type { Target } from './target.ts';

const baseUrl = 'https://api.hubex.ru/fsm';
const receiverUrl = 'https://receiver.test/hook';

/** The simulator behind msw: requests are made by the global fetch, deliveries come as fetch requests. */
export const mswTarget: Target = {
  name: 'msw',
  async start({ assets = 40, switches = {}, tenants = 'known', clock, recorder }) {
    const simulator = createSimulator({ assets, switches, clock, tenants });
    simulator.control.deliverTo(recordedBy(recorder));
    const server = setupServer(hubexHandler(simulator));
    server.listen({ onUnhandledRequest: 'error' });
    return {
      simulator,
      receiverUrl,
      async send({ method, path, headers, body }) {
        const response = await fetch(`${baseUrl}${path}`, { method, headers, body: body ?? null });
        return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
      },
      async stop() {
        server.close();
        await simulator.close();
      },
    };
  },
};
