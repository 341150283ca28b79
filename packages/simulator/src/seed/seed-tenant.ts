import { AssetStore } from '../domain/asset-store.ts';
import type { Tenant } from '../domain/tenant.ts';
import { TokenRegister } from '../domain/token-register.ts';
import { createRandomness, type Randomness } from '../randomness.ts';
import { seedAssets, sitesFor } from './seed-assets.ts';
import { seedMembers } from './seed-members.ts';
import { seedReference } from './seed-reference.ts';

/** The tenant's id; deliveries carry it as TenantID. */
export const tenantId = 105;

// Ids do not start at 1, so that an id of one kind is seldom a valid id of another.
const firstAssetId = 101;

/** A believable tenant: the same seed, time and count give the same tenant. */
export function seedTenant(order: { seed: number; assets: number; serviceToken: string; now: number }): {
  tenant: Tenant;
  randomness: Randomness;
} {
  const randomness = createRandomness(order.seed);
  const reference = seedReference(randomness, sitesFor(order.assets));
  const assets = new AssetStore(firstAssetId);
  const { now } = order;
  seedAssets({ assets, randomness, count: order.assets, now, locations: reference.locations });
  const tokens = new TokenRegister(tenantId, randomness);
  tokens.addService(11, { now, value: order.serviceToken });
  const tenant: Tenant = {
    id: tenantId,
    name: 'Сервис-Плюс',
    fullName: 'ООО «Сервис-Плюс»',
    uriName: 'service-plus',
    members: seedMembers(),
    reference,
    tokens,
    assets,
    webhooks: new Map(),
    variables: new Map(),
    stamps: new Map(),
  };
  return { tenant, randomness };
}
