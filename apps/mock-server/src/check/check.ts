import type { Probe } from './probe.ts';

/** must: HubEx would count failures or strangers get in, and the exit code says so; should: advice; info: worth knowing. */
export type Severity = 'must' | 'should' | 'info';

/** What checks are sorted by, in the order they run. */
export const groups = {
  deliveries: 'Deliveries',
  tolerance: 'Deliveries of another shape',
  transport: 'The way bytes travel',
  junk: 'Junk with the right secret',
  size: 'Size and pace',
  strangers: 'Strangers',
  answers: 'Answers',
  storm: 'Storms',
  betrayals: 'What answers give away',
} as const;

/** A group's name in the table. */
export type Group = keyof typeof groups;

/** What a check found out. */
export type Finding =
  | { readonly kind: 'passed'; readonly note?: string }
  | { readonly kind: 'failed'; readonly found: string }
  /** It says nothing about this receiver. */
  | { readonly kind: 'skipped'; readonly reason: string };

/** One thing a receiver has to do. */
export interface Check {
  /** What --only and --skip take. */
  readonly id: string;
  readonly group: Group;
  /** What a good receiver does, in the present tense. */
  readonly title: string;
  readonly severity: Severity;
  /** What it costs not to. */
  readonly why: string;
  /** The behaviours of HubEx it stands on, by their numbers in the ledger. */
  readonly ledger: readonly string[];
  /** What to do when it fails. */
  readonly fix: string;
  readonly run: (probe: Probe) => Promise<Finding>;
}

/** It does. */
export function passed(note?: string): Finding {
  return note === undefined ? { kind: 'passed' } : { kind: 'passed', note };
}

/** It does not; `found` says what happened instead. */
export function failed(found: string): Finding {
  return { kind: 'failed', found };
}
