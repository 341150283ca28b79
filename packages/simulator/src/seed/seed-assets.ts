import { addressOf } from '../domain/address.ts';
import type { Asset } from '../domain/asset.ts';
import type { AssetStore } from '../domain/asset-store.ts';
import { blankAsset } from '../domain/blank-asset.ts';
import type { Place } from '../domain/reference-data.ts';
import type { Randomness } from '../randomness.ts';
import { assetTypes, companies, models } from './catalogue.ts';

const day = 86_400_000;

const hostable = assetTypes.filter(({ isHostable }) => isHostable);
const equipment = assetTypes.filter(({ isHostable }) => !isHostable);

// Shared by all assets: a million of them would hold millions of equal lists. Records are replaced, never changed in place.
const none: readonly number[] = [];
const inDistrict: readonly (readonly number[])[] = [[2], [3]];
const withSkill: readonly (readonly number[])[] = [[1], [2], [3]];
const usualWork: readonly number[] = [1, 2];

// A site and the equipment below it.
const perSite = 10;

/** How many addresses `count` assets need. */
export function sitesFor(count: number): number {
  return Math.max(1, Math.ceil(count / perSite));
}

interface Context {
  readonly assets: AssetStore;
  readonly randomness: Randomness;
  readonly now: number;
}

/** Fills the store with sites and the equipment that stands there: `count` assets in all, most of them published. */
export function seedAssets(context: Context & { count: number; locations: ReadonlyMap<number, Place> }): void {
  const { assets, randomness, count } = context;
  let site: Asset | undefined;
  for (let index = 0; index < count; index++) {
    if (!site || index % perSite === 0) {
      const locationId = Math.floor(index / perSite) + 1;
      site = assets.put(seedSite(context, { locationId, street: streetOf(context.locations.get(locationId)) }));
    } else {
      assets.put(seedEquipment(context, { site, number: 1 + randomness.below(9) }));
    }
  }
}

function streetOf(place: Place | undefined): string {
  return place?.address.replace(/^г\. [^,]+, /, '') ?? '';
}

function seedSite(context: Context, site: { locationId: number; street: string }): Asset {
  const { randomness } = context;
  const company = randomness.pick(companies);
  const type = randomness.pick(hostable);
  return record(context, {
    name: `${type.name}, ${site.street}`,
    companyId: company.id,
    typeId: type.id,
    locationId: site.locationId,
    districts: inDistrict[randomness.below(2)] ?? none,
  });
}

function seedEquipment(context: Context, at: { site: Asset; number: number }): Asset {
  const { randomness } = context;
  const { site } = at;
  const type = randomness.pick(equipment);
  return record(context, {
    name: nameOf(`${type.name} ${randomness.pick(models[type.id] ?? [''])} № ${at.number}`),
    companyId: site.companyId,
    typeId: type.id,
    parentId: site.id,
    serialNumber: `${randomness.letters(3).toUpperCase()}-${String(100_000 + randomness.below(899_999))}`,
    erpId: `1C-${String(10_000 + context.randomness.below(89_999))}`,
    districts: site.districts,
    responsibleId: randomness.below(3) === 0 ? 1001 + randomness.below(40) : null,
    warrantyTill: randomness.below(2) === 0 ? context.now + (randomness.below(900) - 200) * day : null,
    activeTasks: randomness.below(12) === 0 ? 1 : 0,
    skills: withSkill[randomness.below(3)] ?? none,
    workTypes: usualWork,
  });
}

const names: Map<string, string> = new Map();

/** The one text of all equal ones: equipment has a few hundred different names. */
function nameOf(name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  names.set(name, name);
  return name;
}

function record(
  context: Context,
  values: Partial<Asset> & Pick<Asset, 'name' | 'companyId' | 'typeId' | 'districts'>,
): Asset {
  const { assets, randomness, now } = context;
  const id = assets.takeId();
  const asset = Object.assign(blankAsset(id), {
    classId: 1 + randomness.below(3),
    scheduleRuleId: randomness.below(4) === 0 ? 1 : null,
    ...values,
  });
  const isPublished = addressOf(asset, assets) !== null && randomness.below(5) > 0;
  return isPublished ? { ...asset, published: now - (1 + randomness.below(700)) * day, publishedBy: 11 } : asset;
}
