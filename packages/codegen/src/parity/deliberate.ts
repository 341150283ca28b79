import type { Finding } from './finding.ts';

/** A difference we mean, and why. `where` and `problem` are regular expressions, each of which has to fit. */
export interface Deliberate {
  readonly where: string;
  readonly problem: string;
  /** Ledger number that justifies it. */
  readonly behaviour: string;
  readonly reason: string;
}

/** One thing on which the two disagree. */
export interface Difference extends Omit<Finding, 'problems'> {
  readonly problem: string;
}

/** The differences, told apart. */
export interface Judged {
  readonly explained: readonly Difference[];
  readonly unexplained: readonly Difference[];
  /** What was written down and fits nothing any more, or cites a number the ledger does not have. */
  readonly stale: readonly string[];
}

/** Holds every difference against the list of those we mean. */
export function judge(
  findings: readonly Finding[],
  context: { deliberate: readonly Deliberate[]; ledger: ReadonlySet<string> },
): Judged {
  const entries = context.deliberate.map((entry) => ({
    ...entry,
    fits: (each: Difference): boolean =>
      new RegExp(entry.where).test(each.where) && new RegExp(entry.problem).test(each.problem),
  }));
  const differences = findings.flatMap(({ problems, ...at }) => problems.map((problem) => ({ ...at, problem })));
  const isMeant = (each: Difference): boolean => entries.some(({ fits }) => fits(each));
  const stale = entries.flatMap(({ where, problem, behaviour, fits }) => {
    if (!context.ledger.has(behaviour)) return [`${where} (${problem}): the ledger has no ${behaviour}`];
    return differences.some(fits) ? [] : [`${where} (${problem}): matches no difference any more`];
  });
  return {
    explained: differences.filter(isMeant),
    unexplained: differences.filter((each) => !isMeant(each)),
    stale,
  };
}

/** Reads the parsed list. @throws naming the entry and what is wrong with it. */
export function readDeliberate(list: unknown): readonly Deliberate[] {
  if (!Array.isArray(list)) throw new Error('deliberate-differences.yaml has no list under differences');
  return list.map((entry: Record<string, unknown>, index) => {
    const text = (field: string): string => {
      const value = entry?.[field];
      if (typeof value !== 'string' || value === '')
        throw new Error(`deliberate-differences.yaml, entry ${index + 1}: ${field} has to be text`);
      return value;
    };
    for (const field of ['where', 'problem']) {
      try {
        new RegExp(text(field));
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new Error(`deliberate-differences.yaml, entry ${index + 1}: ${field}: ${why}`, { cause });
      }
    }
    return { where: text('where'), problem: text('problem'), behaviour: text('behaviour'), reason: text('reason') };
  });
}
