import { createRandomness } from '@hubex-kit/simulator';
import { buildDelivery, type DeliveryWish } from './build-delivery.ts';

/** What a mass operation does to whoever receives it. */
export interface StormOptions {
  /** The same seed gives the same storm. Default 1. */
  readonly seed?: number;
  /** Assets, numbered from `firstAssetId` (default 1) on. Default 100. */
  readonly assets?: number;
  readonly firstAssetId?: number;
  /** Events of each asset: created, then changed. Default 3. */
  readonly eventsEach?: number;
  /** Share of deliveries that come twice, 0 to 1. Default 0. */
  readonly duplicates?: number;
  /** Share of deliveries that never come, 0 to 1. Default 0. */
  readonly drops?: number;
  /** How many places a delivery may come too early or too late. Default 0: in order. */
  readonly reorderWithin?: number;
  /** Default 105. */
  readonly tenantId?: number;
}

/** Deliveries in the order in which they come. */
export interface Storm {
  readonly deliveries: readonly Readonly<Record<string, unknown>>[];
  /** What was dropped. */
  readonly dropped: readonly Readonly<Record<string, unknown>>[];
  /** Ids of all assets, also of those whose deliveries were dropped. */
  readonly assetIds: readonly number[];
}

/**
 * A storm of deliveries, such as a mass import and the edits after it.
 * @throws RangeError for shares outside 0 to 1 and counts that are not whole.
 * @example for (const delivery of createStorm({ assets: 1000, duplicates: 0.05, reorderWithin: 20 }).deliveries) await post(delivery);
 */
export function createStorm(options: StormOptions = {}): Storm {
  const { seed = 1, assets = 100, firstAssetId = 1, eventsEach = 3, tenantId = 105 } = options;
  const { duplicates = 0, drops = 0, reorderWithin = 0 } = options;
  for (const [name, value] of Object.entries({ duplicates, drops }))
    if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} is a share from 0 to 1; it was ${value}.`);
  for (const [name, value] of Object.entries({ assets, eventsEach, reorderWithin }))
    if (!Number.isInteger(value) || value < 0) throw new RangeError(`${name} is a whole number; it was ${value}.`);
  const { next } = createRandomness(seed);
  const assetIds = Array.from({ length: assets }, (_, index) => firstAssetId + index);
  const wishes = Array.from({ length: eventsEach }, (_, round) =>
    assetIds.map((assetId): DeliveryWish => ({ eventId: round === 0 ? 40 : 41, assetId, tenantId })),
  ).flat();
  const dropped: DeliveryWish[] = [];
  const placed: (readonly [place: number, wish: DeliveryWish])[] = [];
  for (const [index, wish] of wishes.entries()) {
    const copies = next() < drops ? 0 : next() < duplicates ? 2 : 1;
    if (copies === 0) dropped.push(wish);
    for (let copy = 0; copy < copies; copy++) placed.push([index + next() * (reorderWithin + 1), wish]);
  }
  if (reorderWithin > 0) placed.sort(([a], [b]) => a - b);
  return { deliveries: placed.map(([, wish]) => buildDelivery(wish)), dropped: dropped.map(buildDelivery), assetIds };
}
