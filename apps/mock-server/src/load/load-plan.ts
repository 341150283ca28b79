import type { Duration, EventMix, Rate } from '@hubex-kit/simulator';

/** What load to put on a receiver. */
export interface LoadPlan {
  /** Deliveries, such as `50/s`. */
  readonly rate: Rate;
  /** How long, such as `10m`. */
  readonly for: Duration;
  /** Calls under way at once, at most. */
  readonly connections: number;
  /** `even`: like a metronome; `poisson`: at random moments. */
  readonly arrivals: 'even' | 'poisson';
  readonly mix: EventMix;
  readonly seed: number;
}

/** What came of one call. */
export type LoadAnswer =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'lost'; readonly reason: string };

/** Makes one call; never rejects. */
export type LoadSender = (body: string) => Promise<LoadAnswer>;
