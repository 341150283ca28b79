import { expect, test } from 'vitest';
import { createManualClock } from '../clock.ts';
import { HeldBack } from './held-back.ts';

const item = (name: string, others: number | null, due: number) => ({ name, others, due, stop: () => undefined });

test('lets an item go when so many others have passed, or when its time is up, and never twice', () => {
  const clock = createManualClock(0);
  const gone: string[] = [];
  const held = new HeldBack<ReturnType<typeof item>>(clock, ({ name }) => gone.push(name));
  held.hold(item('after two', 2, 1000));
  held.hold(item('after a second', null, 1000));
  expect([held.passed(), held.size]).toEqual([[], 2]);
  expect(held.passed()).toMatchObject([{ name: 'after two' }]);
  expect(held.list()).toMatchObject([{ name: 'after a second' }]);
  clock.advance(1000);
  expect([gone, held.size]).toEqual([['after a second'], 0]);
});

test('releases nothing once it was cleared', () => {
  const clock = createManualClock(0);
  const held = new HeldBack<ReturnType<typeof item>>(clock, () => expect.unreachable());
  held.hold(item('a', 1, 10));
  held.clear();
  clock.advance(10);
  expect(held.passed()).toEqual([]);
});
