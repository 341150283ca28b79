import { findAsset } from '../../domain/named-assets.ts';
import { setPublished } from '../../domain/publishing.ts';
import type { Call } from '../operation.ts';
import type { Outcome } from '../outcome.ts';

/** What publishing and unpublishing have in common (B187, B188, B190-B193). */
export function publication(
  call: Pick<Call<'publishAsset'>, 'tenant' | 'member' | 'path' | 'now' | 'switches' | 'announce'>,
  published: boolean,
): Outcome {
  const { tenant, member, path, now, switches } = call;
  const found = findAsset({ tenant, member }, path.assetID);
  if (!found.ok) return { kind: 'refused', refusals: found.refusals };
  const order = { asset: found.value, published, memberId: member.id, now, repeated: switches.repeatedPublish };
  const result = setPublished(tenant, order);
  if (!result.ok) return { kind: 'refused', refusals: result.refusals };
  call.announce(result.value);
  return { kind: 'accepted' };
}
