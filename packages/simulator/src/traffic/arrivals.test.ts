import { expect, test } from 'vitest';
import { createRandomness } from '../randomness.ts';
import { arrivals } from './arrivals.ts';
import type { Flow } from './scenario.ts';

const hour = 3_600_000;
const monday = Date.UTC(2026, 2, 1, 21); // midnight in Moscow

function draw(flow: Pick<Flow, 'rate' | 'arrivals' | 'rhythm'>, hours = 24): readonly number[] {
  return [...arrivals(flow, { from: 0, till: hours * hour, start: monday, randomness: createRandomness(1) })];
}

test('Poisson arrivals come at the rate, with gaps that vary as much as they last', () => {
  const times = draw({ rate: '600/h' }, 50);
  expect(times.length / 50).toBeCloseTo(600, -1.5);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
  expect(deviation / mean).toBeGreaterThan(0.95);
  expect(deviation / mean).toBeLessThan(1.05);
});

test('a metronome beats evenly from the first moment on', () => {
  expect(draw({ rate: '4/h', arrivals: 'even' }, 1).map(Math.round)).toEqual([0, hour / 4, hour / 2, (3 * hour) / 4]);
});

test.each(['poisson', 'even'] as const)('%s arrivals in the office follow the hours of Moscow', (kind) => {
  const hours = new Array(24).fill(0);
  for (const time of draw({ rate: '1000/h', arrivals: kind, rhythm: 'office' })) hours[Math.floor(time / hour)]++;
  expect(hours[10]).toBeGreaterThan(900);
  expect(hours[13]).toBeLessThan(hours[12]);
  expect(hours[3]).toBeLessThan(30);
  expect(hours[22]).toBeLessThan(50);
});

test('a rate of nothing brings nothing', () => {
  expect(draw({ rate: '0/s' })).toEqual([]);
});
