// Settled, reset, time and tenants: in process (the simulator) and over HTTP (the command). One line of JSON.
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { answering, commands, freePort, launch } from './contenders.mjs';
import { mockApi } from './mock-api.mjs';
import { median, rounded } from './numbers.mjs';

const dist = join(import.meta.dirname, '../../simulator/dist/index.js');
const { createSimulator } = await import(pathToFileURL(dist).href);
const application = { 'x-application-id': '5', 'content-type': 'application/json' };

/** Calls of a simulator in process, as a member of the tenant of a service token. */
async function member(sim, serviceToken = 'demo-service-token') {
  const send = async (method, path, body, headers = {}) => {
    const bytes = body === undefined ? undefined : new TextEncoder().encode(JSON.stringify(body));
    const reply = await sim.handle({ method, path, query: '', headers: { ...application, ...headers }, body: bytes });
    if (reply.status >= 400) throw new Error(`${method} ${path} answered ${reply.status}: ${reply.body}`);
    return typeof reply.body === 'string' ? JSON.parse(reply.body) : undefined;
  };
  const { access_token } = await send('POST', '/AUTHZ/AccessTokens', { serviceToken });
  const headers = { authorization: `Bearer ${access_token}` };
  return { send: (method, path, body) => send(method, path, body, headers) };
}

const hook = [{ name: 'bench', uri: 'http://127.0.0.1:9/hook', isActive: true, events: [40, 41, 42, 43, 44] }];
const timed = async (run) => {
  const started = performance.now();
  await run();
  return performance.now() - started;
};

/** From the end of the last attempt to the moment settled() is back, in process. */
async function settling() {
  let last = 0;
  const deliver = () =>
    new Promise((resolve) =>
      setImmediate(() => {
        last = performance.now();
        resolve({ kind: 'answered', status: 204 });
      }),
    );
  const sim = createSimulator({ deliver });
  const { send } = await member(sim);
  await send('POST', '/MSG/Webhooks', hook);
  const times = [];
  for (let round = 0; round < 200; round++) {
    await send('PUT', '/ES/Assets', { assets: [101, 102, 103], assetClassID: 1 + (round % 2) });
    await sim.control.settled();
    times.push(performance.now() - last);
  }
  await sim.control.close();
  return median(times);
}

async function resetting() {
  const sim = createSimulator();
  const times = [];
  for (let round = 0; round < 500; round++) {
    const { send } = await member(sim);
    // Something to undo.
    await send('PUT', '/ES/Assets', { assets: [101, 102], assetClassID: 2 });
    times.push(await timed(() => sim.control.reset()));
  }
  return median(times);
}

async function tenants() {
  const sim = createSimulator();
  const times = [];
  for (let count = 0; count < 900; count++) times.push(await timed(() => member(sim, `token-${count}`)));
  return median(times);
}

/** 24 hours by the control, with 10,000 deliveries that wait to be repeated, each at a moment of its own. */
async function advancing() {
  const times = [];
  // Ten failures in a row switch a webhook off, so there are many, with eight each.
  const hooks = Array.from({ length: 1250 }, (_, index) => ({ ...hook[0], name: `bench ${index}` }));
  for (let round = 0; round < 5; round++) {
    const switches = { deliveryRetries: 1, deliveryRetryDelayMs: 43_200_000, deliveryConcurrency: 8 };
    let isUp = false;
    // A receiver that is back after the outage.
    const deliver = async (call) => {
      isUp ||= call.attempt > 1;
      return { kind: 'answered', status: isUp ? 204 : 500 };
    };
    const sim = createSimulator({ switches, deliver, assets: 20 });
    const { send } = await member(sim);
    await send('POST', '/MSG/Webhooks', hooks);
    sim.control.setClock({ mode: 'virtual', now: '2026-03-02T08:00:00Z' });
    for (let count = 0; count < 10_000; count++) {
      sim.control.emit({ eventId: 41, assetId: 101, webhookId: 1 + (count % hooks.length) });
      await sim.control.advance({ by: '1ms' });
    }
    const started = performance.now();
    const before = await sim.control.tenants();
    const { moments, pending } = await sim.control.advance({ by: '24h' });
    times.push(performance.now() - started);
    const waiting = before.items[0].pending;
    if (waiting !== 10_000 || moments !== 10_000 || pending !== 0)
      throw new Error(`${waiting} deliveries waited, ${moments} moments passed, ${pending} are pending`);
    await sim.control.close();
  }
  return median(times);
}

const agent = new Agent({ keepAlive: true });

/** A POST as cheap as Node makes one: fetch alone may take a millisecond. */
function post(url) {
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', agent }, (response) => response.resume().on('end', resolve))
      .on('error', reject)
      .end();
  });
}

/** The same over HTTP. */
async function overHttp() {
  const port = await freePort();
  const sinkPort = await freePort();
  const sink = launch([process.execPath, join(import.meta.dirname, 'peers/sink.mjs')], { port: sinkPort, core: 1 });
  const mock = launch(commands({}).mock(port), { port });
  await answering(`${sink.url}/count`);
  await answering(`${mock.url}/__mock/ready`);
  const api = await mockApi(mock.url);
  await api.register(`${sink.url}/hook`);
  const settled = [];
  for (let round = 0; round < 60; round++) {
    await api.send('PUT', '/fsm/ES/Assets', { assets: [101, 102, 103], assetClassID: 1 + (round % 2) });
    await api.send('GET', '/__mock/settled');
    const back = performance.timeOrigin + performance.now();
    const { lastAt } = await (await fetch(sink.url)).json();
    settled.push(back - lastAt);
  }
  const resets = [];
  for (let round = 0; round < 300; round++) resets.push(await timed(() => post(`${mock.url}/__mock/reset`)));
  await mock.stop();
  await sink.stop();
  return { settledHttpMs: rounded(median(settled)), resetHttpMs: rounded(median(resets)) };
}

process.stdout.write(
  `${JSON.stringify({
    settledMs: rounded(await settling(), 3),
    resetMs: rounded(await resetting(), 3),
    tenantMs: rounded(await tenants(), 3),
    advanceMs: rounded(await advancing(), 1),
    ...(await overHttp()),
  })}\n`,
);
process.exit(0);
