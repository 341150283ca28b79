import { createManualClock } from '@hubex-kit/simulator';
import { expect, test } from 'vitest';
import type { LoadAnswer, LoadPlan } from './load-plan.ts';
import { isFlawless } from './load-result.ts';
import { runLoad } from './run-load.ts';

const plan: LoadPlan = { rate: '10/s', for: '10s', connections: 4, arrivals: 'even', mix: { 41: 1 }, seed: 1 };

/** A receiver on a manual clock: `answer` says what comes of call number n and after how many milliseconds. */
function stage(overrides: Partial<LoadPlan>, answer: (call: number) => { after: number; with?: LoadAnswer }) {
  const clock = createManualClock(0);
  const calls: { at: number; body: string }[] = [];
  let underWay = 0;
  let mostUnderWay = 0;
  const send = (body: string): Promise<LoadAnswer> => {
    calls.push({ at: clock.now(), body });
    mostUnderWay = Math.max(mostUnderWay, ++underWay);
    const { after, with: outcome = { kind: 'answered', status: 204 } } = answer(calls.length);
    return new Promise((resolve) => {
      clock.after(after, () => {
        underWay--;
        resolve(outcome);
      });
    });
  };
  const load = runLoad({ ...plan, ...overrides }, { send, clock });
  const pass = async (ms: number): Promise<void> => {
    for (let time = 0; time < ms; time++) {
      clock.advance(1);
      await Promise.resolve();
      await Promise.resolve();
    }
  };
  return { load, calls, pass, most: () => mostUnderWay };
}

test('sends at the rate, for as long as it was told, and waits for the last answer', async () => {
  const { load, calls, pass } = stage({}, () => ({ after: 5 }));
  await pass(10_100);
  const result = await load.over;
  expect(calls).toHaveLength(100);
  expect(calls.slice(0, 3).map(({ at }) => at)).toEqual([0, 100, 200]);
  expect(result).toMatchObject({ sent: 100, answered: { 204: 100 }, lost: 0, unsent: 0, seconds: 10 });
  expect(result).toMatchObject({ events: { 41: 100 }, perSecond: { asked: 10, reached: 10 } });
  expect(result.latencyMs?.p50).toBeCloseTo(5, 0);
  expect(isFlawless(result)).toBe(true);
});

test('counts latency from when a delivery was due: a stall of the receiver is seen by all that came late', async () => {
  // One connection; the first answer takes two seconds, all others 1 ms. Measured from the sending, p90 would be 1 ms.
  const { load, pass } = stage({ connections: 1 }, (call) => ({ after: call === 1 ? 2000 : 1 }));
  await pass(10_100);
  const { latencyMs, sent } = await load.over;
  expect(sent).toBe(100);
  expect(latencyMs?.p90).toBeGreaterThan(900);
  expect(latencyMs?.max).toBeCloseTo(2000, -2);
});

test('never has more calls under way than connections, and tells what found none', async () => {
  const { load, pass, most } = stage({ connections: 3 }, () => ({ after: 4000 }));
  await pass(15_000);
  const result = await load.over;
  expect(most()).toBe(3);
  expect(result.sent + result.unsent).toBe(100);
  expect(result.sent).toBeLessThan(12);
  expect(isFlawless(result)).toBe(false);
});

test('tells lost deliveries by reason and other statuses from success', async () => {
  const { load, pass } = stage({ rate: '1/s' }, (call) => ({
    after: 1,
    ...(call % 2 === 0 && { with: { kind: 'lost', reason: 'ECONNRESET' } as const }),
    ...(call === 1 && { with: { kind: 'answered', status: 500 } as const }),
  }));
  await pass(10_100);
  const result = await load.over;
  expect(result).toMatchObject({ sent: 10, answered: { 204: 4, 500: 1 }, lost: 5, lostBy: { ECONNRESET: 5 } });
  expect(isFlawless(result)).toBe(false);
});

test('stop ends it after the calls under way', async () => {
  const { load, calls, pass } = stage({}, () => ({ after: 50 }));
  await pass(1010);
  load.stop();
  load.stop();
  await pass(500);
  expect(await load.over).toMatchObject({ sent: 11, unsent: 0, answered: { 204: 11 } });
  expect(calls).toHaveLength(11);
});

test('the same seed sends the same bodies, at the same moments', async () => {
  const run = async (seed: number): Promise<unknown> => {
    const { load, calls, pass } = stage({ arrivals: 'poisson', mix: { 40: 1, 41: 5, 42: 1 }, seed }, () => ({
      after: 1,
    }));
    await pass(10_100);
    await load.over;
    return calls;
  };
  expect(await run(5)).toEqual(await run(5));
  expect(await run(5)).not.toEqual(await run(6));
});
