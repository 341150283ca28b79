import { runCase } from './convergence.ts';

// npx tsx --conditions=@hubex-kit/source packages/sync/proof/run-convergence.ts [cases] [first seed]
const [cases = 10_000, first = 1] = process.argv.slice(2).map(Number);
const totals = {
  cases: 0,
  wrong: 0,
  crashes: 0,
  outages: 0,
  deliveries: 0,
  lost: 0,
  withoutLoss: 0,
  seeds: [] as number[],
};
for (let seed = first; seed < first + cases; seed++) {
  const { wrong, crashes, outages, deliveries, lost } = await runCase(seed);
  totals.cases++;
  totals.crashes += crashes;
  totals.outages += outages;
  totals.deliveries += deliveries;
  totals.lost += lost;
  if (lost === 0) totals.withoutLoss++;
  if (wrong.length > 0) {
    totals.wrong++;
    if (totals.seeds.length < 20) totals.seeds.push(seed);
  }
  if (process.stderr.isTTY && seed % 100 === 0) process.stderr.write(`\r${totals.cases} of ${cases}`);
}
process.stdout.write(`${JSON.stringify(totals)}\n`);
process.exitCode = totals.wrong === 0 ? 0 : 1;
