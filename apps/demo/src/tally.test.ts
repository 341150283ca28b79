import { expect, test } from 'vitest';
import { Tally } from './tally.ts';

test('a tally knows what is missing and how often', () => {
  const [caused, received] = [new Tally(), new Tally()];
  for (const assetId of [1, 1, 2]) caused.add({ eventId: 40, assetId });
  received.add({ eventId: 40, assetId: 1 });
  received.add({ eventId: 41, assetId: 1 });
  expect(caused.without(received)).toEqual([
    { eventId: 40, assetId: 1 },
    { eventId: 40, assetId: 2 },
  ]);
  expect(received.without(caused)).toEqual([{ eventId: 41, assetId: 1 }]);
  expect([caused.total, caused.of(40), caused.of(4)]).toEqual([3, 3, 0]);
});
