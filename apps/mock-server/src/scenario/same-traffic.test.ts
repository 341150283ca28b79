import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createManualClock, createSimulator, type Scenario, type Simulator } from '@hubex-kit/simulator';
import { expect, test } from 'vitest';
import { createMockServer } from '../mock-server.ts';

const start = Date.UTC(2026, 2, 2, 6);

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

/** Registers a webhook, runs the scenario minute by minute and returns everything that left. */
async function play(
  simulator: Simulator,
  parts: { uri: string; send: Send; begin: () => Promise<unknown>; advance: (ms: number) => void },
): Promise<string> {
  const { uri, send, begin, advance } = parts;
  const hook = { name: 'h', uri, isActive: true, events: [40, 41, 42, 43, 44] };
  expect((await send('/MSG/Webhooks', [hook])).status).toBe(201);
  await begin();
  for (let minute = 0; minute < 12; minute++) {
    advance(60_000);
    expect(await simulator.control.settled()).toEqual({ settled: true, pending: 0 });
  }
  const state = await simulator.control.scenarioState();
  expect(state).toMatchObject({ state: 'finished', refused: 0 });
  return JSON.stringify([state, simulator.control.deliveries()]);
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

  const hostClock = createManualClock(start);
  const hubex = await createMockServer({ port: 0, assets: 60, clock: hostClock });
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
    advance: hostClock.advance,
  });
  await hubex.stop();
  receiver.closeAllConnections();
  receiver.close();

  const clock = createManualClock(start);
  const called: string[] = [];
  const simulator = createSimulator({
    ...{ assets: 60, clock },
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
    advance: clock.advance,
  });

  expect(overHttp).toBe(inProcess);
  expect(bodies.length).toBeGreaterThan(80);
  // Calls on parallel connections may arrive in another order.
  expect([...bodies].sort()).toEqual([...called].sort());
});
