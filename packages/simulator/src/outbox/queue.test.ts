import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Queue } from './queue.ts';

test('gives back what was put in, in the same order, like an array', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -3_000, max: 3_000 }), { maxLength: 40 }), (steps) => {
      const [queue, model] = [new Queue<number>(), [] as number[]];
      let next = 0;
      for (const step of steps) {
        for (let count = 0; count < Math.abs(step); count++) {
          if (step > 0) {
            queue.push(next);
            model.push(next++);
          } else expect(queue.shift()).toBe(model.shift());
        }
        expect(queue.length).toBe(model.length);
      }
    }),
    { numRuns: 30 },
  );
});
