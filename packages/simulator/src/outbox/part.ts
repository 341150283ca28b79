/** Where events stand among those of the same call, when it announces them in parts. */
export interface Part {
  /** How many went before. */
  readonly before: number;
  readonly of: number;
}
