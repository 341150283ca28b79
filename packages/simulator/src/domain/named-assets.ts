import type { Asset } from './asset.ts';
import { done, type Refusal, type Result, refused } from './refusal.ts';
import type { Tenant } from './tenant.ts';

/** The asset with this id, or the refusal for an id the tenant does not have (B187). */
export function findAsset(tenant: Tenant, id: number): Result<Asset> {
  const asset = tenant.assets.get(id);
  return asset ? done(asset) : refused({ kind: 'unknown-asset', id });
}

/** The assets a mass operation names, each once (B211); one unknown id refuses them all (B189). */
export function findAssets(tenant: Tenant, ids: readonly number[]): Result<readonly Asset[]> {
  const found: Asset[] = [];
  const refusals: Refusal[] = [];
  for (const id of new Set(ids)) {
    const asset = tenant.assets.get(id);
    if (asset) found.push(asset);
    else refusals.push({ kind: 'unknown-asset', id });
  }
  return refusals.length > 0 ? refused(...refusals) : done(found);
}

/** Refuses assets that are deleted (B188). */
export function refuseDeleted(assets: readonly Asset[]): readonly Refusal[] {
  return assets
    .filter(({ deleted }) => deleted !== null)
    .map(({ id }) => ({ kind: 'deleted-entity', entity: 'Asset', id }) as const);
}
