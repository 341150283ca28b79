import { workbooks } from '@hubex-kit/mock-server/workbooks';
import { createSimulator } from '@hubex-kit/simulator';
import type { Target } from './target.ts';

const receiverUrl = 'http://127.0.0.1:9/hook';

/** The simulator in this process, no sockets. */
export const directTarget: Target = {
  name: 'direct',
  async start({ assets = 40, switches = {}, tenants = 'known', clock, recorder }) {
    const simulator = createSimulator({
      assets,
      switches,
      tenants,
      clock,
      workbooks,
      async deliver({ method, url, headers, body }) {
        const { pathname, search } = new URL(url);
        const delivery = { method, url: `${pathname}${search}`, headers, text: body };
        recorder.received.push(delivery);
        const answer = recorder.answer(delivery);
        return answer === 'silence' ? new Promise(() => undefined) : { kind: 'answered', status: answer };
      },
    });
    return {
      simulator,
      receiverUrl,
      async send({ method, path, headers, body }) {
        const [pathname = '', query = ''] = path.split(/\?(.*)/s);
        const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
        const sent = typeof body === 'string' ? new TextEncoder().encode(body) : body;
        const reply = await simulator.handle({ method, path: pathname, query, headers: lower, body: sent });
        const bytes = typeof reply.body === 'string' ? new TextEncoder().encode(reply.body) : reply.body;
        return {
          status: reply.status,
          headers: reply.headers,
          bytes: bytes ?? new Uint8Array(),
          text: new TextDecoder().decode(bytes),
        };
      },
      stop: () => simulator.control.close(),
    };
  },
};
