// Settled, reset, time and tenants: in process (the simulator) and over HTTP (the command). One line of JSON.
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { answering, commands, freePort, launch } from './contenders.mjs';
import { mockApi } from './mock-api.mjs';
import { median, rounded } from './numbers.mjs';

const dist = join(import.meta.dirname, '../../simulator/dist/index.js');
const { createManualClock, createSimulator } = await import(pathToFileURL(dist).href);
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

/** 24 hours with 10,000 deliveries that fail and are repeated an hour later. */
async function advancing() {
  const times = [];
  for (let round = 0; round < 5; round++) {
    const clock = createManualClock(Date.UTC(2026, 2, 2));
    const switches = { deliveryRetries: 1, deliveryRetryDelayMs: 3_600_000, deliveryConcurrency: 10_000 };
    let isUp = false;
    // A receiver that is back after the outage.
    const deliver = async (call) => {
      isUp ||= call.attempt > 1;
      return { kind: 'answered', status: isUp ? 204 : 500 };
    };
    const sim = createSimulator({ clock, switches, deliver, assets: 10_000 });
    const { send } = await member(sim);
    // Ten failures in a row switch a webhook off, so there are many, with eight each.
    const hooks = Array.from({ length: 1250 }, (_, index) => ({ ...hook[0], name: `bench ${index}` }));
    await send('POST', '/MSG/Webhooks', hooks);
    for (let asset = 0; asset < 8; asset++) await send('PUT', '/ES/Assets', { assets: [101 + asset], assetClassID: 2 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const {
      items: [{ pending }],
    } = await sim.control.tenants();
    if (pending !== 10_000) throw new Error(`${pending} deliveries are pending, not 10000`);
    times.push(
      await timed(async () => {
        clock.advance(86_400_000);
        const { settled } = await sim.control.settled();
        if (!settled) throw new Error('not settled after 24 hours');
      }),
    );
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
