import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../prove/command.ts';

/** What a run says about one target. */
export interface TargetRun {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  /** Ledger numbers that a test which passed shows, and none that failed denies. */
  readonly shown: ReadonlySet<string>;
  /** Whether its transcript is the one that all have. */
  readonly hasTranscript: boolean;
}

interface Assertion {
  readonly fullName: string;
  readonly status: string;
}

const suites: readonly (readonly string[])[] = [
  ['packages/conformance/src/suite'],
  ['packages/conformance/src/suite', '--config', 'vitest.browser.config.ts'],
];

let once: Promise<readonly TargetRun[]> | undefined;

/** Runs the suite on every target, in Node and in a browser; once, however often it is asked for. */
export function runConformance(): Promise<readonly TargetRun[]> {
  once ??= Promise.all(suites.map(assertionsOf)).then((all) => targetsOf(all.flat()));
  return once;
}

async function assertionsOf(suite: readonly string[]): Promise<readonly Assertion[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hubex-conformance-'));
  const file = join(folder, 'report.json');
  try {
    const vitest = ['npx', '--no-install', 'vitest', 'run', ...suite, '--reporter=json', `--outputFile=${file}`];
    await run(vitest);
    const report: { testResults: { assertionResults: Assertion[] }[] } = JSON.parse(readFileSync(file, 'utf8'));
    return report.testResults.flatMap(({ assertionResults }) => assertionResults);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function targetsOf(assertions: readonly Assertion[]): readonly TargetRun[] {
  const byTarget = new Map<string, Assertion[]>();
  for (const assertion of assertions) {
    const name = /, '?(direct|express|msw|browser)'? /.exec(assertion.fullName)?.[1];
    if (name) byTarget.set(name, [...(byTarget.get(name) ?? []), assertion]);
  }
  return [...byTarget].map(([name, own]) => {
    const [good, bad] = [
      own.filter(({ status }) => status === 'passed'),
      own.filter(({ status }) => status !== 'passed'),
    ];
    const denied = new Set(bad.flatMap(numbersOf));
    const shown = new Set(good.flatMap(numbersOf).filter((number) => !denied.has(number)));
    const hasTranscript = good.some(({ fullName }) => fullName.startsWith('transcript,'));
    return { name, passed: good.length, failed: bad.length, shown, hasTranscript };
  });
}

/** The numbers a title begins with. */
function numbersOf({ fullName }: Assertion): readonly string[] {
  const [, numbers = ''] = /'? ((?:B\d{3} )+)/.exec(fullName) ?? [];
  return numbers.trim().split(' ').filter(Boolean);
}
