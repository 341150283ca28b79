import { updateAsset as update } from '../../domain/asset-writing.ts';
import { findAsset } from '../../domain/named-assets.ts';
import type { Operation } from '../operation.ts';
import { readDraft } from './draft.ts';

/** B161-B165, B170, B171, B178, B187, B188, B209. */
export const updateAsset: Operation<'updateAsset'> = ({ tenant, member, path, body, now, switches, announce }) => {
  const found = findAsset({ tenant, member }, path.assetID);
  if (!found.ok) return { kind: 'refused', refusals: found.refusals };
  const draft = readDraft(body);
  if (!draft.ok) return { kind: 'refused', refusals: draft.refusals };
  const context = { memberId: member.id, now, rules: switches };
  const result = update(tenant, { asset: found.value, draft: draft.value, context });
  if (!result.ok) return { kind: 'refused', refusals: result.refusals };
  announce(result.value.events);
  return { kind: 'accepted' };
};
