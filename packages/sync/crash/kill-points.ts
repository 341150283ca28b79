import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteInbox } from '../src/inbox/sqlite-inbox.ts';
import { keepAlive, post } from './post.ts';
import { runChild } from './run-child.ts';

// Kills a receiver with SIGKILL amid deliveries, again and again, and looks whether everything it acknowledged is in the file.
// npx tsx --conditions=@hubex-kit/source packages/sync/crash/kill-points.ts [points=200] [seed=1] [driver]
// With `early` for the driver the receiver answers before it stores, and deliveries must be found lost.
const [, , pointsText = '200', seedText = '1', driver] = process.argv;
const points = Number(pointsText);
const concurrency = 16;
const random = mulberry32(Number(seedText));
const folder = mkdtempSync(join(tmpdir(), 'hubex-kill-'));
const file = join(folder, 'inbox.db');
const acknowledged = new Set<number>();
let [sent, refused, cut] = [0, 0, 0];

try {
  for (let point = 0; point < points; point++) {
    const child = await runChild(file, driver);
    const agent = keepAlive(concurrency);
    // The moment: after so many acknowledgements, and so many microseconds; both from the seed.
    const after = 1 + Math.floor(random() * 300);
    const delay = random() * 4;
    let answers = 0;
    let alive = true;
    let killed: Promise<void> | undefined;
    const kill = (): void => {
      killed ??= new Promise((resolve) => setTimeout(() => void child.kill().then(resolve), delay)).then(() => {
        alive = false;
      });
    };
    const work = async (): Promise<void> => {
      while (alive) {
        const assetId = ++sent;
        const status = await post(agent, child.port, assetId);
        if (status >= 200 && status < 300) acknowledged.add(assetId);
        else if (status > 0) refused++;
        else {
          cut++;
          return;
        }
        if (++answers >= after) kill();
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
    kill();
    await killed;
    agent.destroy();
    if (process.stderr.isTTY) process.stderr.write(`\r${point + 1}/${points}`);
  }
  const kept = new Set<number>();
  const inbox = await openSqliteInbox(file);
  for (let after = 0; ; ) {
    const records = await inbox.records({ kind: 'mark', after }, 10_000);
    for (const { assetId, text } of records) {
      // The whole delivery, not only its number.
      const payload: { readonly AssetID?: unknown; readonly Name?: unknown } = JSON.parse(text);
      if (assetId !== null && payload.AssetID === assetId && payload.Name === `Насос №${assetId}`) kept.add(assetId);
    }
    const last = records.at(-1);
    if (!last) break;
    after = last.sequence;
  }
  await inbox.close();
  const lost = [...acknowledged].filter((assetId) => !kept.has(assetId));
  // Kept without an answer: the child died between commit and answer. HubEx would send these again.
  const unanswered = [...kept].filter((assetId) => !acknowledged.has(assetId)).length;
  const counts = { points, acknowledged: acknowledged.size, lost: lost.length, refused, cut, unanswered };
  process.stdout.write(`${JSON.stringify(counts)}\n`);
  if (lost.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A small random generator with a seed. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
