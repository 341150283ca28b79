import { type Group, groups } from '../check.ts';
import type { Result } from '../run-checks.ts';

/** A run as JUnit XML, which every CI reads. */
export interface JunitRun {
  readonly results: readonly Result[];
  /** The address without its secret. */
  readonly shown: string;
  readonly startedAt: Date;
  /** Whether what should be counts as a failure, as it does for the exit code. */
  readonly isStrict: boolean;
}

/**
 * One suite for each group, one case for each check. It agrees with the exit code: a failed must is a failure, one that was not run an
 * error; a failed should or info is shown as skipped with its text, since the run does not fail because of it.
 */
export function toJunit({ results, shown, startedAt, isStrict }: JunitRun): string {
  const timestamp = startedAt.toISOString().slice(0, 19);
  const suites = (Object.keys(groups) as Group[]).flatMap((group) => {
    const own = results.filter(({ check }) => check.group === group);
    if (own.length === 0) return [];
    const cases = own.map((result) => testCase(result, isStrict)).join('');
    return `  <testsuite name="${xml(groups[group])}" ${counts(own, isStrict)} timestamp="${timestamp}">\n${cases}  </testsuite>\n`;
  });
  const name = xml(`Receiver check of ${shown}`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${name}" ${counts(results, isStrict)}>\n${suites.join('')}</testsuites>\n`;
}

type Kind = 'passed' | 'failure' | 'error' | 'skipped';

function kindOf({ check, outcome }: Result, isStrict: boolean): Kind {
  if (outcome === 'passed' || outcome === 'skipped') return outcome;
  const counts = check.severity === 'must' || (isStrict && check.severity === 'should');
  return !counts ? 'skipped' : outcome === 'failed' ? 'failure' : 'error';
}

function counts(results: readonly Result[], isStrict: boolean): string {
  const count = (kind: Kind): number => results.filter((result) => kindOf(result, isStrict) === kind).length;
  const numbers = `tests="${results.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  return `${numbers} time="${seconds(results.reduce((sum, { ms }) => sum + ms, 0))}"`;
}

function testCase(result: Result, isStrict: boolean): string {
  const { check, outcome, text = '', ms } = result;
  const start = `    <testcase classname="hubex-mock check.${check.group}" name="${xml(`${check.id}: ${check.title}`)}" time="${seconds(ms)}"`;
  const kind = kindOf(result, isStrict);
  if (kind === 'passed') return `${start}/>\n`;
  const prefix = outcome === 'skipped' ? '' : `${check.severity.toUpperCase()}: `;
  const message = xml(`${prefix}${text}`);
  if (kind === 'skipped') return `${start}>\n      <skipped message="${message}"/>\n    </testcase>\n`;
  const body = xml(`found: ${text}\nwhy: ${check.why} (${check.ledger.join(', ')})\nfix: ${check.fix}`);
  return `${start}>\n      <${kind} type="${check.severity}" message="${message}">${body}</${kind}>\n    </testcase>\n`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** XML 1.0 knows no control characters but tab and line ends, not even escaped ones. */
function xml(text: string): string {
  const clean = text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '?');
  return clean.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
