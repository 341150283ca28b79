import type { Asset } from './asset.ts';
import type { AssetStore } from './asset-store.ts';

/** The address of an asset: its own, or that of the nearest ancestor that has one (B194). */
export interface Address {
  readonly locationId: number;
  /** The ancestor the address comes from; null when it is the asset's own. */
  readonly host: Asset | null;
}

/** Finds an asset's address, or null when neither it nor an ancestor has one. */
export function addressOf(asset: Asset, assets: AssetStore): Address | null {
  if (asset.locationId !== null) return { locationId: asset.locationId, host: null };
  for (const ancestor of assets.ancestors(asset)) {
    if (ancestor.locationId !== null) return { locationId: ancestor.locationId, host: ancestor };
  }
  return null;
}
