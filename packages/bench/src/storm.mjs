// Import of 10,000 assets in five workbooks with one receiver on loopback: delivered, lost, rate beside undici, memory, latency of the API.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { answering, commands, freePort, launch } from './contenders.mjs';
import { mockApi } from './mock-api.mjs';
import { median, quantile, rounded } from './numbers.mjs';
import { cpuOf, memoryOf } from './process-cpu.mjs';

const rounds = Number(process.argv[2] ?? 7);
const assets = 10_000;
const perCall = 2_000;

// Whoever sends has the sink's core too. Bound to one core, a Node process waits for its own helper threads (collector, compiler), and most of
// the latency measured would be the scheduler's.
const cores = '0,1';

const here = (name) => join(import.meta.dirname, 'peers', name);
const sinkPort = await freePort();
const sink = launch([process.execPath, here('sink.mjs')], { port: sinkPort, core: 1 });
await answering(`${sink.url}/count`);
const told = async (path = '/') => (await fetch(sink.url + path)).json();

async function undiciRate() {
  const env = { ...process.env, SINK: sink.url, COUNT: String(assets) };
  const child = spawn('taskset', ['-c', cores, process.execPath, here('undici-storm.mjs')], { env, stdio: 'ignore' });
  await once(child, 'exit');
  const { received, seconds } = await told();
  if (received !== assets) throw new Error(`undici delivered ${received}`);
  return received / seconds;
}

const agent = new Agent({ keepAlive: true });
function timed(url, headers) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    get(url, { agent, headers }, (response) => {
      response.resume().on('end', () => resolve(performance.now() - started));
    }).on('error', reject);
  });
}

/** Latencies of GET of one asset, one after another with a millisecond between, until told to stop. */
async function probe(url, { headers, isOver }) {
  const times = [];
  while (!isOver()) {
    times.push(await timed(url, headers));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return times;
}

const { workbooks } = await import(
  pathToFileURL(join(import.meta.dirname, '../../../apps/mock-server/dist/workbooks.js')).href
);

/** A workbook of 2,000 new assets, as the vendor's template has them: the header is in row 3. */
async function workbook(number) {
  const rows = Array.from({ length: perCall }, (_, index) => [
    `Чиллер № ${number * perCall + index}`,
    'АО «Новое»',
    'Чиллер',
  ]);
  const sheet = { name: 'Объекты и оборудование', rows: [[], [], ['Название', 'Компания', 'Тип'], ...rows] };
  return workbooks.write([sheet], { modified: Date.UTC(2026, 2, 2) });
}
const files = await Promise.all(Array.from({ length: assets / perCall }, (_, number) => workbook(number)));

async function upload(url, { bytes, authorization }) {
  const body = new FormData();
  body.append('File', new Blob([bytes]), 'assets.xlsx');
  const response = await fetch(`${url}/fsm/IMPORT/Assets`, {
    method: 'POST',
    headers: { authorization, 'x-application-id': '5' },
    body,
  });
  if (response.status !== 202) throw new Error(`the import answered ${response.status}: ${await response.text()}`);
}

async function mockStorm() {
  const port = await freePort();
  const mock = launch([...commands({}).mock(port), '--switch', 'deliveryConcurrency=32'], { port, core: cores });
  await answering(`${mock.url}/__mock/ready`);
  const { send, register, headers } = await mockApi(mock.url);
  await register(`${sink.url}/hook?key=secret`);
  const one = `${mock.url}/fsm/ES/Assets/101`;
  // As many samples as the storm gives; both begin cold.
  const until = Date.now() + 700;
  const idle = await probe(one, { headers, isOver: () => Date.now() > until });
  const before = memoryOf(mock.pid);
  const cpuBefore = cpuOf(mock.pid);
  let most = before;
  const sampling = setInterval(() => {
    most = Math.max(most, memoryOf(mock.pid));
  }, 20);
  let isOver = false;
  const probing = probe(one, { headers, isOver: () => isOver });
  for (const bytes of files) await upload(mock.url, { bytes, authorization: headers.authorization });
  const { settled } = await send('GET', '/__mock/settled?within=120000');
  if (!settled) throw new Error('the import was not over after two minutes');
  clearInterval(sampling);
  isOver = true;
  const microseconds = ((cpuOf(mock.pid) - cpuBefore) * 1000) / assets;
  const busy = await probing;
  const after = memoryOf(mock.pid);
  const { received, assets: different, seconds } = await told();
  await mock.stop();
  return {
    microseconds,
    rate: received / seconds,
    different,
    growth: after - before,
    peak: most - before,
    p99: quantile(busy, 0.99) / quantile(idle, 0.99),
    p99Ms: quantile(busy, 0.99),
  };
}

const samples = [];
for (let round = 0; round < rounds; round++) samples.push({ undici: await undiciRate(), ...(await mockStorm()) });
await sink.stop();
const middle = (read, digits) => rounded(median(samples.map(read)), digits);
process.stdout.write(
  `${JSON.stringify({
    rounds,
    imported: 1,
    delivered: Math.min(...samples.map(({ different }) => different)),
    lost: Math.max(...samples.map(({ different }) => assets - different)),
    perSecond: middle(({ rate }) => rate, 0),
    undiciPerSecond: middle(({ undici }) => undici, 0),
    ofUndici: middle(({ rate, undici }) => rate / undici),
    microsecondsOfCpu: middle(({ microseconds }) => microseconds, 0),
    growthMiB: middle(({ growth }) => growth, 1),
    peakGrowthMiB: middle(({ peak }) => peak, 1),
    p99Ms: middle(({ p99Ms }) => p99Ms, 1),
    p99OfIdle: middle(({ p99 }) => p99),
  })}\n`,
);
process.exit(0);
