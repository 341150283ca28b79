import type { Check } from '../check.ts';
import type { Result } from '../run-checks.ts';
import type { Summary } from '../summary.ts';

/** A run as one JSON document; `version` grows when a field changes its meaning. */
export function toJson(run: {
  readonly shown: string;
  readonly secretIn: string | undefined;
  readonly startedAt: Date;
  readonly ms: number;
  readonly summary: Summary;
  readonly results: readonly Result[];
}): object {
  const { shown, secretIn = null, startedAt, ms, summary, results } = run;
  return {
    version: 1,
    url: shown,
    secretIn,
    startedAt: startedAt.toISOString(),
    ms: Math.round(ms),
    summary,
    checks: results.map(({ check, outcome, text = null, ms: took }) => ({
      ...describeCheck(check),
      outcome,
      text,
      ms: Math.round(took),
    })),
  };
}

/** A check without its program. */
export function describeCheck({ id, group, title, severity, why, ledger, fix }: Check): object {
  return { id, group, title, severity, why, ledger, fix };
}
