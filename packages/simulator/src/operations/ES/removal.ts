import { deleteAssets, type Reach } from '../../domain/deletion.ts';
import { findAssets } from '../../domain/named-assets.ts';
import type { Call } from '../operation.ts';
import type { Outcome } from '../outcome.ts';

type Removal = Call<'deleteAsset' | 'deleteAssets' | 'deleteAssetFull' | 'deleteAssetsFull'>;

/** What the four deletions have in common (B180, B182-B184, B187-B189, B210, B211). */
export function remove(
  call: Pick<Removal, 'tenant' | 'member' | 'now' | 'switches' | 'announce'>,
  what: { ids: readonly number[]; full: boolean },
): Outcome {
  const { tenant, now, switches } = call;
  const found = findAssets(call, what.ids);
  if (!found.ok) return { kind: 'refused', refusals: found.refusals };
  const reach: Reach = what.full || switches.deleteChildren === 'deleted' ? 'with-descendants' : 'named';
  const result = deleteAssets(tenant, { assets: found.value, reach, now, activeTasks: switches.deleteWithActiveTask });
  if (!result.ok) return { kind: 'refused', refusals: result.refusals };
  call.announce(result.value);
  return { kind: 'accepted' };
}
