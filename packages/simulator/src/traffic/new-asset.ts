import type { AssetAdd } from '@hubex-kit/contract';
import { assetTypes, models } from '../seed/catalogue.ts';
import type { Worker } from './world.ts';

/** New equipment at one of the tenant's sites; in a tenant without sites, a new site. Unpublished, as the mobile app leaves it. */
export function newAsset(worker: Worker): AssetAdd {
  const { herd, randomness, world } = worker;
  const site = herd.choose(({ deleted, locationId }) => deleted === null && locationId !== null, 'any');
  if (!site) return newSite(worker);
  const type = randomness.pick(assetTypes.filter(({ isHostable }) => !isHostable));
  const { scheduleRules } = world.tenant.reference;
  return {
    name: `${type.name} ${randomness.pick(models[type.id] ?? [''])} № ${1 + randomness.below(99)}`,
    companyID: site.companyId,
    assetTypeID: type.id,
    assetClassID: 1,
    parentID: site.id,
    serialNumber: `${randomness.letters(3).toUpperCase()}-${100_000 + randomness.below(899_999)}`,
    erpID: `1C-${100_000 + randomness.below(899_999)}`,
    ...(scheduleRules.size > 0 &&
      randomness.below(3) === 0 && { scheduleRuleID: randomness.pick([...scheduleRules.keys()]) }),
  };
}

function newSite({ randomness, world }: Worker): AssetAdd {
  const { companies, locations } = world.tenant.reference;
  const type = randomness.pick(assetTypes.filter(({ isHostable }) => isHostable));
  const place = randomness.pick([...locations.values()]);
  return {
    name: `${type.name}, ${place.address}`,
    companyID: randomness.pick([...companies.keys()]),
    assetTypeID: type.id,
    assetClassID: 1,
    locationID: place.id,
  };
}
