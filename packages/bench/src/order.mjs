// One call at a time (deliveryConcurrency=1): 100,000 deliveries, none overtakes another. One line of JSON.
import { join } from 'node:path';
import { answering, commands, freePort, launch } from './contenders.mjs';
import { mockApi } from './mock-api.mjs';

const count = Number(process.argv[2] ?? 100_000);
const perCall = 2_000;
const sinkPort = await freePort();
const sink = launch([process.execPath, join(import.meta.dirname, 'peers/sink.mjs')], { port: sinkPort, core: 1 });
const port = await freePort();
const mock = launch([...commands({}).mock(port), '--assets', count, '--switch', 'deliveryConcurrency=1'], { port });
await answering(`${sink.url}/count`);
await answering(`${mock.url}/__mock/ready`);
const { send, register } = await mockApi(mock.url);
await register(`${sink.url}/hook`);
for (let from = 0; from < count; from += perCall) {
  const assets = Array.from({ length: perCall }, (_, index) => 101 + from + index);
  await send('PUT', '/fsm/ES/Assets', { assets, assetClassID: 2 });
}
for (;;) {
  const { settled } = await send('GET', '/__mock/settled?within=30000');
  if (settled) break;
}
const { received, assets, inversions, seconds } = await (await fetch(sink.url)).json();
await mock.stop();
await sink.stop();
process.stdout.write(`${JSON.stringify({ deliveries: received, assets, inversions, seconds: Math.round(seconds) })}\n`);
process.exit(0);
