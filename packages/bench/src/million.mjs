// A tenant with a million assets: seconds to make it, memory for each, time of a page at the beginning and at the end. One line of JSON.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { median, rounded } from './numbers.mjs';

const dist = join(import.meta.dirname, '../../simulator/dist/index.js');
const { createSimulator } = await import(pathToFileURL(dist).href);
if (!globalThis.gc) throw new Error('Run it with node --expose-gc: memory is measured after a collection.');

const count = Number(process.argv[2] ?? 1_000_000);
globalThis.gc();
const before = process.memoryUsage().heapUsed;
const started = performance.now();
const sim = createSimulator({ assets: count, switches: { requireApplicationId: false } });
const seconds = (performance.now() - started) / 1000;
globalThis.gc();
const bytes = (process.memoryUsage().heapUsed - before) / count;

const json = { 'content-type': 'application/json' };
const body = new TextEncoder().encode('{"serviceToken":"demo-service-token"}');
const signedIn = await sim.handle({ method: 'POST', path: '/AUTHZ/AccessTokens', query: '', headers: json, body });
const authorization = `Bearer ${JSON.parse(signedIn.body).access_token}`;

/** Median microseconds of a page of 20; pages do not repeat, so that nothing is ready. */
async function page(first, query = '') {
  const times = [];
  for (let round = 0; round < 200; round++) {
    const from = first + 1 + round * 20;
    const headers = { authorization, range: `items=${from}-${from + 19}` };
    const begin = performance.now();
    const { status } = await sim.handle({ method: 'GET', path: '/ES/Assets', query, headers, body: undefined });
    times.push((performance.now() - begin) * 1000);
    if (status !== 206) throw new Error(`a page answered ${status}`);
  }
  return median(times);
}

await page(100_000);
const samples = [];
for (let round = 0; round < 5; round++)
  samples.push({ first: await page(round * 4_000), last: await page(count - (5 - round) * 4_000) });
process.stdout.write(
  `${JSON.stringify({
    assets: count,
    seconds: rounded(seconds, 1),
    bytesPerAsset: rounded(bytes, 0),
    firstPageMicroseconds: rounded(median(samples.map(({ first }) => first)), 1),
    lastPageMicroseconds: rounded(median(samples.map(({ last }) => last)), 1),
    lastOfFirst: rounded(median(samples.map(({ first, last }) => last / first))),
  })}\n`,
);
process.exit(0);
