import type { Check, Finding } from './check.ts';
import { type Pace, Probe } from './probe.ts';
import { recordSamples } from './samples.ts';
import { type Target, TargetError } from './target.ts';
import { Connection } from './wire/connection.ts';

/** not-run: the run was over before its turn came. */
export type Outcome = 'passed' | 'failed' | 'skipped' | 'not-run';

/** What became of a check. */
export interface Result {
  readonly check: Check;
  readonly outcome: Outcome;
  /** What happened instead, or why it was not tried; of a passed check what may be worth knowing. Holds no secret. */
  readonly text: string | undefined;
  readonly ms: number;
}

/** How to run. */
export interface RunOptions {
  readonly checks: readonly Check[];
  readonly pace: Pace;
  /** Milliseconds after which no further check is begun. */
  readonly deadlineMs: number;
  /** Told about each result as it is there. */
  readonly onResult?: (result: Result) => void;
}

/** Checks in a row that get no answer at all before the run is given up. */
const mostStrikes = 5;
/** Milliseconds a single check may take, whatever the receiver does. */
const longestCheck = 60_000;

/**
 * Runs the checks one after the other.
 * @throws TargetError (unreachable) when nobody accepts a connection.
 */
export async function runChecks(
  target: Target,
  { checks, pace, deadlineMs, onResult }: RunOptions,
): Promise<readonly Result[]> {
  const [reached, samples] = [await reach(target, pace.patienceMs), await recordSamples()];
  const probe = new Probe({ target: reached, samples, pace });
  const over = performance.now() + deadlineMs;
  const results: Result[] = [];
  let [strikes, giveUp] = [0, ''];
  for (const check of checks) {
    const since = performance.now();
    const left = over - since;
    if (left <= 0) giveUp ||= `the time was over (${deadlineMs} ms)`;
    const before = { ...probe.tally };
    const finding = giveUp === '' ? await bounded(check, probe, Math.min(left, longestCheck)) : undefined;
    const { answered, silent, unreachable } = probe.tally;
    const isDeaf = answered === before.answered && silent + unreachable > before.silent + before.unreachable;
    strikes = finding?.kind === 'failed' && isDeaf ? strikes + 1 : 0;
    if (finding && strikes >= mostStrikes) giveUp = `given up: ${mostStrikes} checks in a row got no answer`;
    if (finding === late) giveUp = 'given up: a check before did not end in time';
    const text = finding ? textOf(finding) : giveUp;
    const outcome: Outcome = finding?.kind ?? 'not-run';
    const result: Result = { check, outcome, text: hide(text, target), ms: performance.now() - since };
    results.push(result);
    onResult?.(result);
  }
  probe.end();
  return results;
}

const late: Finding = { kind: 'failed', found: 'it was not done when its time was over' };

function textOf(finding: Finding): string | undefined {
  switch (finding.kind) {
    case 'passed':
      return finding.note;
    case 'failed':
      return finding.found;
    case 'skipped':
      return finding.reason;
    default:
      return finding satisfies never;
  }
}

/** Whatever a check does, it ends: when its time is over every connection is cut, and the run is. */
async function bounded(check: Check, probe: Probe, ms: number): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const lateness = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => {
      resolve(late);
      probe.end();
    }, ms);
  });
  const finding = await Promise.race([check.run(probe), lateness]);
  clearTimeout(timer);
  if (finding !== late) probe.closeAll();
  return finding;
}

/** Texts name requests by label, so this is a second fence. */
function hide(text: string | undefined, { secret }: Target): string | undefined {
  if (text === undefined || !secret || secret.value.length < 8) return text;
  return text.replaceAll(secret.raw, '***').replaceAll(secret.value, '***');
}

/** The target with the first of its addresses that accepts a connection. */
async function reach(target: Target, patienceMs: number): Promise<Target> {
  let why = '';
  for (const address of target.addresses) {
    const connection = new Connection({ ...target, addresses: [address] });
    const refused = await connection.opened(patienceMs);
    connection.destroy();
    if (refused === undefined) return { ...target, addresses: [address] };
    why = refused;
  }
  throw new TargetError(
    'unreachable',
    `${target.host} cannot be reached: ${why}. Does the receiver run, and on this port?`,
  );
}
