import type { Asset } from './asset.ts';
import type { Member } from './member.ts';
import { done, type Refusal, type Result, refused } from './refusal.ts';
import type { Tenant } from './tenant.ts';
import { sees } from './visibility.ts';

/** Who asks, and where. */
interface Asking {
  readonly tenant: Tenant;
  readonly member: Member;
}

/** The asset with this id, or the refusal for an id the tenant does not have (B187) or the member does not see (B213). */
export function findAsset({ tenant, member }: Asking, id: number): Result<Asset> {
  const asset = tenant.assets.get(id);
  return asset && sees(member, tenant.assets)(asset) ? done(asset) : refused({ kind: 'unknown-asset', id });
}

/** The assets a mass operation names, each once (B211); one unknown id refuses them all (B189). */
export function findAssets({ tenant, member }: Asking, ids: readonly number[]): Result<readonly Asset[]> {
  const found: Asset[] = [];
  const refusals: Refusal[] = [];
  const visible = sees(member, tenant.assets);
  for (const id of new Set(ids)) {
    const asset = tenant.assets.get(id);
    if (asset && visible(asset)) found.push(asset);
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
