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
        const bytes = body === undefined ? undefined : new TextEncoder().encode(body);
        const reply = await simulator.handle({ method, path: pathname, query, headers: lower, body: bytes });
        return { status: reply.status, headers: reply.headers, text: String(reply.body ?? '') };
      },
      stop: () => simulator.control.close(),
    };
  },
};
