import type { Asset } from '../../domain/asset.ts';
import type { Tenant } from '../../domain/tenant.ts';
import { type Json, withoutEmpty } from '../outcome.ts';
import { assetView, pathOf } from './asset-view.ts';

/** What a caller may ask to have added to each row. */
export interface ListExtras {
  readonly path: boolean;
  readonly taskActuality: boolean;
}

/** An asset as a list shows it (B195, B203, B204). */
export function assetListItem(asset: Asset, context: { tenant: Tenant; extras?: ListExtras }): Json {
  const { tenant, extras } = context;
  return withoutEmpty({
    ...assetView(asset, tenant),
    hasChildren: tenant.assets.hasLiveChild(asset.id),
    ...(extras?.path ? { path: pathOf(asset, tenant) } : {}),
    ...(extras?.taskActuality ? { tasksActualities: { '1': taskActuality(asset, tenant) } } : {}),
  });
}

/** The row of an asset as JSON text, kept by the store until it changes; without extras, which depend on more. */
export function assetRowText(asset: Asset, tenant: Tenant): string {
  return tenant.assets.rendered(asset, () => `"${asset.id}":${JSON.stringify(assetListItem(asset, { tenant }))}`);
}

function taskActuality(asset: Asset, tenant: Tenant): Json {
  const nested = tenant.assets.descendants(asset.id).reduce((sum, { activeTasks }) => sum + activeTasks, 0);
  return { self: asset.activeTasks, nested };
}
