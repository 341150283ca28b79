import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDeliverySource, defaultMix } from './delivery-source.ts';

test('keeps life cycles consistent and the mix, whatever the seed', () => {
  const weight = fc.integer({ min: 0, max: 20 });
  const mixes = fc.record({ 40: weight, 41: fc.integer({ min: 1, max: 20 }), 42: weight, 43: weight, 44: weight });
  fc.assert(
    fc.property(mixes, fc.integer(), fc.integer({ min: 0, max: 50 }), (mix, seed, assets) => {
      const source = createDeliverySource({ mix, seed, assets });
      const states = new Map<number, { published: boolean | undefined; deleted: boolean }>();
      for (let count = 0; count < 300; count++) {
        const { eventId, assetId } = source.next();
        const state = states.get(assetId);
        expect(state?.deleted).not.toBe(true);
        if (eventId === 40) expect(state).toBeUndefined();
        if (eventId === 43) expect(state?.published).not.toBe(true);
        if (eventId === 44) expect(state?.published).not.toBe(false);
        const published = eventId === 43 ? true : eventId === 44 || eventId === 40 ? false : state?.published;
        states.set(assetId, { published, deleted: eventId === 42 });
      }
    }),
  );
});

test('sends the events as often as the mix says', () => {
  const source = createDeliverySource();
  const counts: Record<number, number> = {};
  for (let count = 0; count < 20_000; count++) {
    const { eventId } = source.next();
    counts[eventId] = (counts[eventId] ?? 0) + 1;
  }
  for (const [eventId, weight] of Object.entries(defaultMix))
    expect((counts[Number(eventId)] ?? 0) / 200).toBeCloseTo(weight, -0.5);
});

test('sends the bodies of HubEx', () => {
  const { body, eventId, assetId } = createDeliverySource({ seed: 3 }).next();
  expect(JSON.parse(body)).toMatchObject({ TenantID: 105, EventID: eventId, AssetID: assetId, TaskID: null });
  expect(Object.keys(JSON.parse(body))).toHaveLength(10);
});
