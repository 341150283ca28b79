import { switchDefaults } from '../generated/switches.ts';
import { deliveryBody } from '../outbox/delivery-body.ts';
import { createRandomness, type Randomness } from '../randomness.ts';
import { defaultTenantId } from '../world/tenant-id.ts';

/** EventID → weight; the weights need not come to 100. */
export type EventMix = Readonly<Partial<Record<40 | 41 | 42 | 43 | 44, number>>>;

/** What people mostly do: change things. */
export const defaultMix: EventMix = { 40: 10, 41: 70, 42: 5, 43: 10, 44: 5 };

/** A delivery as HubEx would send it. */
export interface SourcedDelivery {
  readonly eventId: number;
  readonly assetId: number;
  readonly body: string;
}

/** Deliveries without a tenant behind them, for load. */
export interface DeliverySource {
  /** The next one; there is always a next one. */
  next(): SourcedDelivery;
}

const firstId = 101;
const company = 1;

/**
 * An endless stream of deliveries in the given mix whose life cycles are consistent: nothing is changed before its 40 or after its 42,
 * published or unpublished twice. It keeps one number for each asset alive, so it can run for days. The assets the stream begins with
 * are there already, four in five published; where none is left for an event, one gets ready without a delivery.
 */
export function createDeliverySource(
  options: {
    /** Default 1. The same seed gives the same stream. */
    readonly seed?: number;
    /** Assets that are there at the beginning, 0 to 1000000. Default 300. */
    readonly assets?: number;
    /** Default `defaultMix`. At least one weight is above 0. */
    readonly mix?: EventMix;
  } = {},
): DeliverySource {
  const { seed = 1, assets = 300, mix = defaultMix } = options;
  const randomness = createRandomness(seed);
  const herd = new Pools(randomness, assets);
  const weights = Object.entries(mix).map(([eventId, weight = 0]) => ({ eventId: Number(eventId), weight }));
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  const draw = (): number => {
    let drawn = randomness.next() * total;
    for (const { eventId, weight } of weights) {
      drawn -= weight;
      if (drawn < 0) return eventId;
    }
    return 41;
  };
  return {
    next() {
      const eventId = draw();
      const assetId = herd.cause(eventId);
      return {
        eventId,
        assetId,
        body: deliveryBody({ tenantId: defaultTenantId, assetId, eventId, companyId: company }, switchDefaults),
      };
    },
  };
}

/** Ids of the assets alive, by whether they are published. */
class Pools {
  readonly #randomness: Randomness;
  readonly #published: number[] = [];
  readonly #unpublished: number[] = [];
  #nextId = firstId;

  constructor(randomness: Randomness, assets: number) {
    this.#randomness = randomness;
    for (let count = 0; count < assets; count++) {
      const pool = randomness.below(5) > 0 ? this.#published : this.#unpublished;
      pool.push(this.#nextId++);
    }
  }

  /** The asset an event happens to. */
  cause(eventId: number): number {
    switch (eventId) {
      case 40:
        return this.#move(this.#nextId++, this.#unpublished);
      case 42:
        return this.#take(this.#any());
      case 43:
        return this.#move(this.#take(this.#unpublished), this.#published);
      case 44:
        return this.#move(this.#take(this.#published), this.#unpublished);
      default: {
        // A few are changed most often: Zipf's law with exponent 1.
        const pool = this.#any();
        return pool[Math.floor((pool.length + 1) ** this.#randomness.next()) - 1] ?? this.#move(this.#nextId++, pool);
      }
    }
  }

  #any(): number[] {
    const alive = this.#published.length + this.#unpublished.length;
    return this.#randomness.below(Math.max(1, alive)) < this.#published.length ? this.#published : this.#unpublished;
  }

  #move(id: number, pool: number[]): number {
    pool.push(id);
    return id;
  }

  /** Out of the pool; when it is empty, an asset that nobody has heard of. */
  #take(pool: number[]): number {
    const index = this.#randomness.below(Math.max(1, pool.length));
    const id = pool[index];
    const last = pool.pop();
    if (id === undefined || last === undefined) return this.#nextId++;
    if (index < pool.length) pool[index] = last;
    return id;
  }
}
