import { expect, test } from 'vitest';
import { createManualClock } from '../clock.ts';
import { HeldBack } from './held-back.ts';

test('lets an item go when so many others have passed, or when its time is up, and never twice', () => {
  const clock = createManualClock(0);
  const gone: string[] = [];
  const held = new HeldBack<string>({ clock, release: (item) => gone.push(item) });
  held.hold('after two', { others: 2, ms: 1000 });
  held.hold('after a second', { others: null, ms: 1000 });
  held.passed();
  expect(gone).toEqual([]);
  held.passed();
  expect(gone).toEqual(['after two']);
  clock.advance(1000);
  expect(gone).toEqual(['after two', 'after a second']);
});

test('gives back what it holds when nothing may go out any more', () => {
  const clock = createManualClock(0);
  const held = new HeldBack<string>({ clock, release: () => expect.unreachable() });
  held.hold('a', { others: 1, ms: 10 });
  held.hold('b', { others: null, ms: 10 });
  expect(held.clear()).toEqual(['a', 'b']);
  clock.advance(10);
  held.passed();
});
