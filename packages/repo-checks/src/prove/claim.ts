/** Something promised, and how it turned out. */
export interface Row {
  readonly claim: string;
  readonly figure: string;
  readonly bar: string;
  /** What it was measured beside, in the same run. */
  readonly peer?: string;
  readonly holds: boolean;
}

/** Finds out whether one promise holds. */
export interface Claim {
  readonly name: string;
  measure(): Promise<readonly Row[]>;
}
