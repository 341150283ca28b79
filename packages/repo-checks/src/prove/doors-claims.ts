import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { conformancePage, languages } from '../conformance/conformance-page.ts';
import { runConformance } from '../conformance/conformance-run.ts';
import { root } from '../laws/packages.ts';
import type { Claim, Row } from './claim.ts';
import { run } from './command.ts';
import { measured } from './measured.ts';

/** What the doors promise: the same HubEx without a network, and proof that all doors are one house. */
export const doorsClaims: readonly Claim[] = [
  { name: 'cost of msw', measure: cost },
  { name: 'start', measure: start },
  { name: 'first test', measure: firstTest },
  { name: 'conformance', measure: conformance },
];

const tsx = ['node', '--import=tsx', '--conditions=@hubex-kit/source'];

function atMost(most: number, { claim, value, unit }: { claim: string; value: number | undefined; unit: string }): Row {
  return { claim, figure: `${value}${unit}`, bar: `<= ${most}${unit}`, holds: value !== undefined && value <= most };
}

async function cost(): Promise<readonly Row[]> {
  const { ratio, ratioToOperations } = await measured([...tsx, 'packages/msw/bench/msw-cost.ts']);
  const { microseconds } = await measured([...tsx, 'packages/msw/bench/simulator-cost.ts']);
  return [
    atMost(1.15, { claim: 'fetch through msw, CPU beside a static handler of msw', value: ratio, unit: ' x' }),
    atMost(1.15, { claim: 'last operation of the table beside the first', value: ratioToOperations, unit: ' x' }),
    atMost(120, { claim: 'sim.fetch of a list of 20, CPU', value: microseconds, unit: ' us' }),
  ];
}

async function start(): Promise<readonly Row[]> {
  const { importMs, creationMs, dependencies } = await measured([...tsx, 'packages/msw/bench/start.ts']);
  return [
    atMost(60, { claim: 'import of the simulator, CPU over bare node', value: importMs, unit: ' ms' }),
    atMost(5, { claim: 'creation of a simulator, warm', value: creationMs, unit: ' ms' }),
    atMost(0, { claim: 'packages from outside that the simulator needs', value: dependencies, unit: '' }),
  ];
}

/** The three lines are the region `receiver` of the example. */
async function firstTest(): Promise<readonly Row[]> {
  const file = 'apps/example-tests-vitest/src/stock.test.ts';
  const source = readFileSync(join(root, file), 'utf8');
  const region = /#region receiver\n([\s\S]*?)\n\s*\/\/ #endregion/.exec(source)?.[1] ?? '';
  const durations: number[] = [];
  for (let round = 0; round < 5; round++) durations.push(await firstDuration(file));
  const median = durations.sort((one, other) => one - other)[2] ?? Number.NaN;
  return [
    atMost(3, { claim: "a user's first unit test, lines", value: region.split('\n').length, unit: '' }),
    atMost(50, {
      claim: "a user's first unit test, msw and HubEx started in it",
      value: Math.round(median),
      unit: ' ms',
    }),
  ];
}

/** Milliseconds of the first test of a file, in a process of its own. */
async function firstDuration(file: string): Promise<number> {
  const { stdout } = await run(['npx', '--no-install', 'vitest', 'run', file, '--reporter=json']);
  const report: { testResults: { assertionResults: { duration: number }[] }[] } = JSON.parse(
    stdout.slice(stdout.indexOf('{'), stdout.lastIndexOf('}') + 1),
  );
  return report.testResults[0]?.assertionResults[0]?.duration ?? Number.NaN;
}

async function conformance(): Promise<readonly Row[]> {
  const targets = await runConformance();
  const rows = targets.map(({ name, passed, failed, shown }): Row => {
    const figure = `${shown.size} numbers, ${passed} passed, ${failed} failed`;
    return { claim: `conformance, ${name}`, figure, bar: '0 failed', holds: passed > 0 && failed === 0 };
  });
  const same = targets.filter(({ hasTranscript }) => hasTranscript).length;
  const stale = languages.filter((language) => {
    const page = readFileSync(join(root, `docs/${language}/maintain/conformance.md`), 'utf8');
    return page !== conformancePage(language, targets);
  });
  return [
    ...rows,
    {
      claim: 'one transcript on every target',
      figure: `${same} of ${targets.length}`,
      bar: '4 of 4',
      holds: same === 4 && targets.length === 4,
    },
    {
      claim: 'the table in the docs is what this run says',
      figure: stale.length === 0 ? 'yes' : stale.join(),
      bar: 'yes',
      holds: stale.length === 0,
    },
  ];
}
