import { AssetStore } from '../domain/asset-store.ts';
import type { Member } from '../domain/member.ts';
import type { ReferenceData } from '../domain/reference-data.ts';
import type { Tenant } from '../domain/tenant.ts';
import { TokenRegister } from '../domain/token-register.ts';
import { createRandomness, type Randomness } from '../randomness.ts';
import { seedAssets, sitesFor } from './seed-assets.ts';
import { seedMembers } from './seed-members.ts';
import { seedReference } from './seed-reference.ts';

// Ids do not start at 1, so that an id of one kind is seldom a valid id of another.
const firstAssetId = 101;

/** Contents that are kept ready to be shared. */
const mostKept = 16;

interface Content {
  readonly reference: ReferenceData;
  readonly assets: AssetStore;
}

/** Who a tenant is, and what it starts with. */
export interface TenantOrder {
  readonly id: number;
  readonly tag: string;
  readonly serviceToken: string;
  readonly seed: number;
  readonly assets: number;
  readonly now: number;
  /** For tokens and traces. */
  readonly randomness: Randomness;
}

/**
 * Makes believable tenants. The same seed and count give the same content, which is made once and shared: records are replaced, never
 * changed in place, so a tenant costs microseconds until it writes.
 */
export class TenantSeeder {
  readonly #epoch: number;
  readonly #contents: Map<string, Content> = new Map();
  readonly #members: ReadonlyMap<number, Member> = seedMembers();

  /** `epoch` is the time, in milliseconds, that stamps of the content lie before or after. */
  constructor(epoch: number) {
    this.#epoch = epoch;
  }

  seed({ id, tag, serviceToken, seed, assets, now, randomness }: TenantOrder): Tenant {
    const content = this.#content(seed, assets);
    const tokens = new TokenRegister({ id, tag }, randomness);
    tokens.addService(11, { now, value: serviceToken });
    return {
      id,
      name: 'Сервис-Плюс',
      fullName: 'ООО «Сервис-Плюс»',
      uriName: 'service-plus',
      members: this.#members,
      reference: content.reference,
      tokens,
      assets: content.assets.fork(),
      webhooks: new Map(),
      variables: new Map(),
      stamps: new Map(),
    };
  }

  #content(seed: number, count: number): Content {
    const key = `${seed} ${count}`;
    const known = this.#contents.get(key);
    if (known) return known;
    const randomness = createRandomness(seed);
    const reference = seedReference(randomness, sitesFor(count));
    const assets = new AssetStore(firstAssetId);
    seedAssets({ assets, randomness, count, now: this.#epoch, locations: reference.locations });
    assets.live();
    const oldest = this.#contents.keys().next().value;
    if (this.#contents.size >= mostKept && oldest !== undefined) this.#contents.delete(oldest);
    this.#contents.set(key, { reference, assets });
    return { reference, assets };
  }
}
