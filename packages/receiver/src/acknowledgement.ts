/** What became of a request. */
export type Verdict =
  | 'stored'
  | 'quarantined'
  | 'probe'
  | 'not-stored'
  | 'wrong-secret'
  | 'too-large'
  | 'too-slow'
  | 'incomplete'
  | 'consumed';

/** What to answer. */
export interface Acknowledgement {
  readonly verdict: Verdict;
  readonly status: number;
  /** Close the connection: the rest of the body is not wanted. */
  readonly close: boolean;
}

/**
 * The one table of answers. HubEx switches a webhook off after ten failures in a row (B119), so whoever has the right secret gets
 * 2xx for whatever he sends as long as it could be kept; the other statuses are for strangers, for an inbox that is down (HubEx
 * should count that) and for a program that lost the body before we saw it.
 */
const statuses: Readonly<Record<Verdict, number>> = {
  stored: 204,
  quarantined: 204,
  // Somebody looks whether the address is alive: GET, HEAD and the like.
  probe: 204,
  'not-stored': 503,
  'wrong-secret': 404,
  'too-large': 413,
  'too-slow': 408,
  incomplete: 400,
  consumed: 500,
};

const closing: ReadonlySet<Verdict> = new Set(['too-large', 'too-slow', 'incomplete']);

/** The answer to a verdict. */
export function acknowledge(verdict: Verdict): Acknowledgement {
  return { verdict, status: statuses[verdict], close: closing.has(verdict) };
}
