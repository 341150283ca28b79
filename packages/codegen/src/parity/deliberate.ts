import type { Finding } from './compare.ts';

/** A difference we mean, and why. `where` and `problem` are regular expressions. */
export interface Deliberate {
  readonly where: string;
  readonly problem: string;
  /** Ledger number that justifies it. */
  readonly behaviour: string;
  readonly reason: string;
}

/** The differences, told apart. */
export interface Judged {
  readonly explained: readonly Finding[];
  readonly unexplained: readonly Finding[];
  /** Entries of the list that match nothing, or cite a number the ledger does not have. */
  readonly stale: readonly string[];
}

/** Holds every difference against the list of those we mean. */
export function judge(
  findings: readonly Finding[],
  context: { deliberate: readonly Deliberate[]; ledger: ReadonlySet<string> },
): Judged {
  const used = new Set<Deliberate>();
  const explained: Finding[] = [];
  const unexplained: Finding[] = [];
  for (const finding of findings.filter(({ problem }) => problem !== '')) {
    const entry = context.deliberate.find(
      ({ where, problem }) => new RegExp(where).test(finding.where) && new RegExp(problem).test(finding.problem),
    );
    if (entry) used.add(entry);
    (entry ? explained : unexplained).push(finding);
  }
  const stale = context.deliberate.flatMap((entry) => {
    if (!context.ledger.has(entry.behaviour)) return [`${entry.where}: the ledger has no ${entry.behaviour}`];
    return used.has(entry) ? [] : [`${entry.where}: matches no difference any more`];
  });
  return { explained, unexplained, stale };
}
