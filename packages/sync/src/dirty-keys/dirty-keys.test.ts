import { describe, expect, test } from 'vitest';
import type { Mark } from '../inbox/sync-inbox.ts';
import { createDirtyKeys } from './dirty-keys.ts';

let sequence = 0;
function mark(assetId: number): Mark {
  return { tenantId: 105, assetId, sequence: ++sequence, source: 'delivery', eventId: 41, receivedAt: 0 };
}

const waiting = { quietMs: 2_000, maxWaitMs: 30_000, retryMs: 1_000, maxRetryMs: 8_000 };
const many = 1_000;

describe('dirty keys', () => {
  test('are due when no further mark came for the quiet window, which starts anew with each mark', () => {
    const keys = createDirtyKeys(waiting);
    keys.mark(mark(1), 0);
    keys.mark(mark(1), 1_500);
    expect(keys.take(2_000, many)).toMatchObject({ jobs: [], next: 3_500 });
    expect(keys.take(3_500, many).jobs).toMatchObject([{ assetId: 1, taken: [{}, {}] }]);
  });

  test('wait for the maximum at most, however often they are marked', () => {
    const keys = createDirtyKeys(waiting);
    for (let now = 0; now < 30_000; now += 1_000) keys.mark(mark(1), now);
    expect(keys.take(29_999, many).jobs).toEqual([]);
    expect(keys.take(30_000, many).jobs[0]?.taken).toHaveLength(30);
  });

  test('are worked on by one job at a time and again when marked meanwhile', () => {
    const keys = createDirtyKeys(waiting);
    keys.mark(mark(1), 0);
    const [job] = keys.take(2_000, many).jobs;
    if (!job) throw new Error('nothing was due');
    keys.mark(mark(1), 3_000);
    expect(keys.take(60_000, many).jobs).toEqual([]);
    keys.finish(job);
    expect(keys.take(60_000, many).jobs).toMatchObject([{ taken: [{}] }]);
  });

  test('are forgotten when nothing is left to do', () => {
    const keys = createDirtyKeys(waiting);
    keys.mark(mark(1), 0);
    const [job] = keys.take(2_000, many).jobs;
    if (job) keys.finish(job);
    expect(keys.keys.size).toBe(0);
  });

  test('wait longer after each failure, up to the maximum, and keep their marks', () => {
    const keys = createDirtyKeys(waiting);
    keys.mark(mark(1), 0);
    let now = 2_000;
    const waits: number[] = [];
    for (let failure = 0; failure < 6; failure++) {
      const [job] = keys.take(now, many).jobs;
      if (!job) throw new Error(`nothing was due at ${now}`);
      expect(job.taken).toHaveLength(1);
      keys.finish(job, { now, jitter: 1 });
      const { next } = keys.take(now, many);
      waits.push(next - now);
      now = next;
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
  });

  test('spread their repetitions between half of the wait and all of it', () => {
    const keys = createDirtyKeys(waiting);
    keys.mark(mark(1), 0);
    const [job] = keys.take(2_000, many).jobs;
    if (job) keys.finish(job, { now: 2_000, jitter: 0 });
    expect(keys.take(2_000, many).next).toBe(2_500);
  });

  test('are held back while a storm lasts that would need more calls than there are', () => {
    const keys = createDirtyKeys(waiting);
    for (let assetId = 1; assetId <= 100; assetId++) keys.mark(mark(assetId), assetId * 100);
    // The first are quiet by now, but the storm is not over.
    expect(keys.take(5_000, 10)).toMatchObject({ jobs: [], next: 5_100 });
    expect(keys.take(12_000, 10).jobs).toHaveLength(100);
  });

  test('are not held back by a storm for longer than the maximum', () => {
    const keys = createDirtyKeys(waiting);
    for (let at = 0; at <= 30_000; at += 100) keys.mark(mark(1 + at / 100), at);
    expect(keys.take(30_000, 10).jobs.length).toBeGreaterThan(200);
  });

  test('with a given state are due at once and need no call; a mark after it makes the state too old', () => {
    const keys = createDirtyKeys(waiting);
    keys.mark(mark(1), 0, { assetId: 1, state: null });
    expect(keys.take(0, 0).jobs).toMatchObject([{ given: { state: null } }]);
    keys.mark(mark(2), 0, { assetId: 2, state: null });
    keys.mark(mark(2), 0);
    expect(keys.take(0, 0).jobs).toEqual([]);
    expect(keys.take(2_000, 1).jobs).toMatchObject([{ given: undefined, taken: [{}, {}] }]);
  });
});
