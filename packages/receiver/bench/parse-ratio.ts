import { build } from 'esbuild';

// Parse + check + normalise one delivery, as a multiple of JSON.parse alone, in alternating slices:
// npx tsx --conditions=@hubex-kit/source packages/receiver/bench/parse-ratio.ts
// What is measured is the code as a bundler makes it: tsx itself wraps functions, which costs more than the parser.
const { outputFiles } = await build({
  entryPoints: [`${import.meta.dirname}/../src/parse-delivery.ts`],
  ...{ bundle: true, format: 'esm', write: false, platform: 'neutral' },
  conditions: ['@hubex-kit/source'],
});
const bundle: typeof import('../src/parse-delivery.ts') = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString('base64')}`
);
const { parseDelivery } = bundle;

const empty = {
  ...{ TaskID: null, TaskConversationID: null, TenantMemberID: null },
  ...{ AccountID: null, UserID: null, CompanyID: null, TaskStageID: null },
};
const text = JSON.stringify({ TenantID: 105, ...empty, AssetID: 1_234_567, EventID: 41 });
const perSlice = 200_000;
let sink = 0;

function time(work: () => number): number {
  const before = process.hrtime.bigint();
  for (let index = 0; index < perSlice; index++) sink += work();
  return Number(process.hrtime.bigint() - before);
}

const bare = (): number => JSON.parse(text).AssetID;
const ours = (): number => {
  const event = parseDelivery(text);
  return event.name === 'junk' ? 0 : (event.assetId ?? 0);
};
time(bare);
time(ours);
const ratios = Array.from({ length: 31 }, () => {
  const limit = time(bare);
  return time(ours) / limit;
}).sort((a, b) => a - b);
const round = (value = 0): number => Math.round(value * 1_000) / 1_000;
const quartiles = [round(ratios[8]), round(ratios[23])];
process.stdout.write(
  `${JSON.stringify({ ratio: round(ratios[15]), quartiles, bytes: text.length, read: sink > 0 })}\n`,
);
