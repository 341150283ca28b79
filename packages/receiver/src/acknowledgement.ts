/**
 * The one table of answers. HubEx switches a webhook off after ten failures in a row (B119), so whoever has the right secret gets
 * 2xx for whatever he sends as long as it could be kept; the other statuses are for strangers, for an inbox that is down (HubEx
 * should count that) and for a program that lost the body before we saw it.
 */
const statuses = {
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
} as const;

/** What became of a request. */
export type Verdict = keyof typeof statuses;

/** What to answer. */
export interface Acknowledgement {
  readonly verdict: Verdict;
  readonly status: number;
  /** Close the connection: the rest of the body is not wanted. */
  readonly close: boolean;
}

/** The answer to a verdict. */
export function acknowledge(verdict: Verdict): Acknowledgement {
  const status = statuses[verdict];
  // There may be more of the body on its way.
  return { verdict, status, close: [400, 408, 413].includes(status) };
}
