import type { Asset } from './asset.ts';
import type { AssetStore } from './asset-store.ts';
import { type Member, seesEverything } from './member.ts';

/** Whether no district limits what a member sees: he has AllDistricts or AllAssets (B199, B200). */
export function seesAll(member: Member): boolean {
  return seesEverything.some((permission) => member.permissions.has(permission));
}

/** Tells which assets a member sees: by district, or all of them with AllDistricts or AllAssets (B199, B200). */
export function sees(member: Member, assets: AssetStore): (asset: Asset) => boolean {
  if (seesAll(member)) return () => true;
  const own = new Set(member.districts);
  const visible = (asset: Asset): boolean => {
    if (asset.districts.some((district) => own.has(district))) return true;
    const parent = asset.inheritsDistricts && asset.parentId !== null ? assets.get(asset.parentId) : undefined;
    return parent !== undefined && visible(parent);
  };
  return visible;
}
