/** Where a run of a scenario is. Times are ISO 8601, UTC. */
export interface RunState {
  readonly scenario: string;
  readonly seed: number;
  /**
   * How much faster than the clock of the tenant.
   * @format double
   */
  readonly speed: number;
  readonly state: 'running' | 'finished' | 'stopped';
  /** @format date-time */
  readonly started: string;
  /**
   * When it is to end, or has ended.
   * @format date-time
   */
  readonly ends: string;
  /**
   * Part of its time that is over, 0 to 1.
   * @format double
   */
  readonly progress: number;
  /** Actions done, by name. */
  readonly actions: Readonly<Record<string, number>>;
  /** Events caused, by EventID. */
  readonly events: Readonly<Record<string, number>>;
  /** Actions for which no asset was left that fits. */
  readonly idle: number;
  /** Actions that the tenant's rules refused. */
  readonly refused: number;
  /** Hash of all events so far with time, cause and asset: equal digits, equal traffic. */
  readonly fingerprint: string;
}
