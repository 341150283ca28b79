import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSimulator, type Scenario, type Simulator } from '@hubex-kit/simulator';
import { expect, test } from 'vitest';
import { createMockServer } from '../mock-server.ts';

const scenario: Scenario = {
  name: 'short',
  phases: [
    { do: [{ action: 'import', count: 10, changed: 0.5 }] },
    { for: '10m', flow: { rate: '6/m', mix: { edit: 6, create: 2, publish: 2, unpublish: 2, delete: 1 } } },
    {
      do: [
        { action: 'mass-edit', count: 20 },
        { action: 'mass-delete', count: 5, after: '1m' },
      ],
    },
  ],
};

type Send = (path: string, body: unknown) => Promise<{ readonly status: number; readonly text: string }>;

/** Registers a webhook, runs the scenario in virtual time and returns everything that left, without what the machine's own time decides. */
async function play(
  simulator: Simulator,
  { uri, send, begin }: { uri: string; send: Send; begin: () => Promise<unknown> },
): Promise<string> {
  const { control } = simulator;
  control.setClock({ mode: 'virtual', now: '2026-03-02T06:00:00Z' });
  const hook = { name: 'h', uri, isActive: true, events: [40, 41, 42, 43, 44] };
  expect((await send('/MSG/Webhooks', [hook])).status).toBe(201);
  await begin();
  expect(await control.advance({ by: '12m', patience: '1m' })).toMatchObject({ pending: 0 });
  const state = await control.scenarioState();
  expect(state).toMatchObject({ state: 'finished', refused: 0 });
  const deliveries = control.deliveries().items.map(({ finished: _, attempts, ...record }) => ({
    ...record,
    attempts: attempts.map(({ ms: _ms, ...attempt }) => attempt),
  }));
  return JSON.stringify([state, control.transcript(), deliveries]);
}

test('the same seed, start and scenario give the same bytes over HTTP and in process', async () => {
  const bodies: string[] = [];
  const receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      bodies.push(body);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const uri = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`; // it listens on a port

  const hubex = await createMockServer({ port: 0, assets: 60 });
  const post = async (url: string, body: unknown, token = ''): Promise<{ status: number; text: string }> => {
    const headers = { 'content-type': 'application/json', 'x-application-id': '5', authorization: `Bearer ${token}` };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, text: await response.text() };
  };
  const { text } = await post(`${hubex.apiUrl}/AUTHZ/AccessTokens`, { serviceToken: hubex.serviceToken });
  const overHttp = await play(hubex.simulator, {
    uri,
    send: (path, body) => post(`${hubex.apiUrl}${path}`, body, JSON.parse(text).access_token),
    begin: async () => expect((await post(`${hubex.controlUrl}/scenario`, { scenario })).status).toBe(200),
  });
  await hubex.stop();
  receiver.closeAllConnections();
  receiver.close();

  const called: string[] = [];
  const simulator = createSimulator({
    assets: 60,
    async deliver({ body }) {
      called.push(body);
      return { kind: 'answered', status: 204 };
    },
  });
  const ask = async (path: string, body: unknown, token = ''): Promise<{ status: number; text: string }> => {
    const headers = { 'content-type': 'application/json', 'x-application-id': '5', authorization: `Bearer ${token}` };
    const bytes = new TextEncoder().encode(JSON.stringify(body));
    const reply = await simulator.handle({ method: 'POST', path, query: '', headers, body: bytes });
    return { status: reply.status, text: String(reply.body) };
  };
  const signedIn = await ask('/AUTHZ/AccessTokens', { serviceToken: 'demo-service-token' });
  const inProcess = await play(simulator, {
    uri,
    send: (path, body) => ask(path, body, JSON.parse(signedIn.text).access_token),
    begin: async () => simulator.control.scenario({ scenario }),
  });

  expect(overHttp).toBe(inProcess);
  expect(bodies.length).toBeGreaterThan(80);
  // Calls on parallel connections may arrive in another order.
  expect([...bodies].sort()).toEqual([...called].sort());
});
