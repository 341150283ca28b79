import { createRandomness, type Randomness } from '../randomness.ts';
import { type Duration, type Rate, readDuration, readRate } from './duration.ts';
import { busyness } from './rhythm.ts';
import type { Flow } from './scenario.ts';

/**
 * The moments of a flow from `from` (included) to `till` (excluded), in milliseconds from the start of the scenario; `start` is when
 * that was. Poisson arrivals whose rate follows the rhythm are made by thinning: drawn at the busiest rate, kept as often as it is busy.
 */
export function* arrivals(
  flow: Pick<Flow, 'rate' | 'arrivals' | 'rhythm'>,
  span: { from: number; till: number; start: number; randomness: Randomness },
): Generator<number> {
  const { from, till, start, randomness } = span;
  const rate = readRate(flow.rate);
  if (rate <= 0) return;
  const rhythm = flow.rhythm ?? 'round-the-clock';
  if (flow.arrivals === 'even') {
    // A metronome at the busiest rate; when it is quieter, a beat counts only in part and only whole ones are heard.
    for (let beat = 0, heard = 0; from + beat / rate < till; beat++) {
      const at = from + beat / rate;
      heard += busyness(rhythm, start + at);
      if (heard < 1) continue;
      heard -= 1;
      yield at;
    }
    return;
  }
  for (let at = from; ; ) {
    at += -Math.log(1 - randomness.next()) / rate;
    if (at >= till) return;
    if (randomness.next() < busyness(rhythm, start + at)) yield at;
  }
}

/** When something at a rate is due, in milliseconds from its start, in order; the same seed gives the same times. */
export function arrivalTimes(plan: {
  readonly rate: Rate;
  readonly for: Duration;
  /** `even`: like a metronome; `poisson`: at random moments. */
  readonly arrivals: 'poisson' | 'even';
  readonly seed: number;
}): Generator<number> {
  const { rate, arrivals: kind, seed } = plan;
  const span = { from: 0, till: readDuration(plan.for), start: 0, randomness: createRandomness(seed ^ 0x6c6f_6164) };
  return arrivals({ rate, arrivals: kind }, span);
}
