import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMockServer } from '@hubex-kit/mock-server';
import { depthHeader } from '@hubex-kit/simulator';
import type { Recorder } from './recorder.ts';
import type { Target } from './target.ts';

/** The mock server on real sockets, delivering to a real server. */
export const expressTarget: Target = {
  name: 'express',
  async start({ assets = 40, switches = {}, tenants = 'known', clock, recorder }) {
    const receiver = await listen(recorder);
    const server = await createMockServer({ port: 0, assets, switches, tenants, clock });
    const { port } = receiver.address() as AddressInfo; // it listens on a port
    return {
      simulator: server.simulator,
      receiverUrl: `http://127.0.0.1:${port}/hook`,
      async send({ method, path, headers, body }) {
        const sent = typeof body === 'string' || !body ? (body ?? null) : Buffer.from(body);
        const response = await fetch(`${server.apiUrl}${path}`, { method, headers, body: sent });
        const bytes = new Uint8Array(await response.arrayBuffer());
        const text = new TextDecoder().decode(bytes);
        return { status: response.status, headers: Object.fromEntries(response.headers), bytes, text };
      },
      async stop() {
        await server.stop();
        receiver.closeAllConnections();
        await new Promise((resolve) => receiver.close(resolve));
      },
    };
  },
};

function listen(recorder: Recorder): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      // The mock server's own guard against loops, which it documents as not HubEx's: no part of what is compared.
      const { [depthHeader]: _depth, ...sent } = request.headers;
      const headers = Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, String(value)]));
      const delivery = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers,
        text: Buffer.concat(chunks).toString(),
      };
      recorder.received.push(delivery);
      const answer = recorder.answer(delivery);
      if (answer !== 'silence') response.writeHead(answer).end();
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
