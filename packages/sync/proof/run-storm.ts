import type { AssetListItem } from '@hubex-kit/contract';
import { Engine } from '../src/engine.ts';
import { createMemoryInbox } from '../src/inbox/memory-inbox.ts';
import { reconcile } from '../src/reconcile/reconcile.ts';
import { toState } from '../src/resolver/asset-state.ts';
import { digest } from '../src/resolver/digest.ts';
import { randomness } from './convergence.ts';
import { createWorld, type Fate } from './world.ts';

// A mass edit in a large tenant, in virtual time:
// npx tsx --conditions=@hubex-kit/source packages/sync/proof/run-storm.ts [assets in the tenant] [assets changed] [seed]
const [assets = 578_000, changed = 5_000, seed = 1] = process.argv.slice(2).map(Number);
const random = randomness(seed);
const world = await createWorld({ seed, assets, perMinute: 60 });
const { tenantId } = world.sim.control.info;
const inbox = createMemoryInbox();
const mirror = new Map<number, string>();
const engine = new Engine({
  ...{ tenantId, source: world.source, inbox, clock: world.clock, random },
  onAsset: (state) => void mirror.set(state.id, digest(state)),
  onGone: (assetId) => void mirror.delete(assetId),
  onError: (error) => process.stderr.write(`${error.message}\n`),
  ...{ quietMs: 2_000, maxWaitMs: 30_000, retryMs: 1_000, maxRetryMs: 60_000, concurrency: 8, pollMs: 30_000 },
});
await engine.start();
world.receiver = inbox;
// The mirror is filled at first, as it is in life; those calls are not counted.
const first = reconcile({
  ...{ tenantId, source: world.source, inbox, engine },
  now: world.clock.now,
  signal: new AbortController().signal,
});
let filled = false;
void first.then(() => {
  filled = true;
});
while (!filled) await world.advance(1_000);
while (engine.pending > 0) await world.advance(1_000);
await world.advance(120_000);
const callsBefore = world.calls();

const ids = [...mirror.keys()];
for (let index = 0; index < changed; index++) {
  const other = index + Math.floor(random() * (ids.length - index));
  [ids[index], ids[other]] = [ids[other] ?? 0, ids[index] ?? 0];
}
const chosen = ids.slice(0, changed);
let deliveries = 0;
let twice = 0;
world.fate = (): Fate => {
  deliveries++;
  const fate = random() < 0.05 ? 'twice' : 'late';
  if (fate === 'twice') twice++;
  return fate;
};
// Shuffled over twenty seconds.
world.delay = () => 1 + Math.floor(random() * 20_000);
for (const companyID of [2, 3, 4]) await world.send('PUT', '/ES/Assets', { assets: chosen, companyID });
while (deliveries < 3 * changed) await world.advance(1_000);
await world.advance(25_000);
for (let turn = 0; turn < 1_000 && engine.pending > 0; turn++) await world.advance(1_000);
const calls = world.calls() - callsBefore;

let wrong = 0;
for (let offset = 0; ; offset += 10_000) {
  const { data } = await world.send('GET', `/ES/Assets?offset=${offset}&fetch=10000`);
  if (data === undefined) break;
  for (const row of Object.values(data as Record<string, AssetListItem>))
    if (mirror.get(row.id) !== digest(toState(row))) wrong++;
}
process.stdout.write(`${JSON.stringify({ assets, changed, deliveries, twice, naive: deliveries, calls, wrong })}\n`);
process.exit(wrong === 0 && calls <= 60 ? 0 : 1);
