import type { Result } from './run-checks.ts';

/** How a run counts. */
export interface Summary {
  readonly passed: number;
  /** Failed or not run. */
  readonly mustFailed: number;
  readonly shouldFailed: number;
  readonly infoFailed: number;
  readonly skipped: number;
  readonly notRun: number;
  /** 0: every must holds; 1: one does not. */
  readonly exitCode: 0 | 1;
}

/** Counts. `isStrict`: what should be counts like what must be. */
export function summarize(results: readonly Result[], { isStrict }: { isStrict: boolean }): Summary {
  const count = (fits: (result: Result) => boolean): number => results.filter(fits).length;
  const missed = (severity: string): number =>
    count(({ check, outcome }) => check.severity === severity && (outcome === 'failed' || outcome === 'not-run'));
  const [mustFailed, shouldFailed, infoFailed] = [missed('must'), missed('should'), missed('info')];
  return {
    passed: count(({ outcome }) => outcome === 'passed'),
    ...{ mustFailed, shouldFailed, infoFailed },
    skipped: count(({ outcome }) => outcome === 'skipped'),
    notRun: count(({ outcome }) => outcome === 'not-run'),
    exitCode: mustFailed > 0 || (isStrict && shouldFailed > 0) ? 1 : 0,
  };
}
