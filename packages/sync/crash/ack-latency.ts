import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepAlive, post } from './post.ts';
import { runChild } from './run-child.ts';

// How long a sender waits for his 2xx, which comes after the fsync.
// npx tsx --conditions=@hubex-kit/source packages/sync/crash/ack-latency.ts [deliveries=15000] [concurrency=50] [driver]
const [, , deliveriesText = '15000', concurrencyText = '50', driver] = process.argv;
const deliveries = Number(deliveriesText);
const concurrency = Number(concurrencyText);
const folder = mkdtempSync(join(tmpdir(), 'hubex-latency-'));
const times: number[] = [];
let [sent, non2xx] = [0, 0];

const child = await runChild(join(folder, 'inbox.db'), driver);
const agent = keepAlive(concurrency);
try {
  const begun = performance.now();
  const work = async (): Promise<void> => {
    while (sent < deliveries) {
      const assetId = ++sent;
      const start = performance.now();
      const status = await post(agent, child.port, assetId);
      times.push(performance.now() - start);
      if (status < 200 || status >= 300) non2xx++;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const seconds = (performance.now() - begun) / 1_000;
  times.sort((a, b) => a - b);
  const at = (share: number): number => Math.round((times[Math.floor(times.length * share)] ?? 0) * 10) / 10;
  const perSecond = Math.round(deliveries / seconds);
  const figures = { deliveries, non2xx, p50: at(0.5), p99: at(0.99), max: at(1 - 1e-9), perSecond };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  agent.destroy();
  await child.kill();
  rmSync(folder, { recursive: true, force: true });
}
