import { createAsset as create } from '../../domain/asset-writing.ts';
import type { Operation } from '../operation.ts';
import { readStamp } from './concurrency-stamp.ts';
import { readDraft } from './draft.ts';

/** B160-B169. */
export const createAsset: Operation<'createAsset'> = ({ tenant, member, body, headers, now, switches, announce }) => {
  const stamp = readStamp(headers['x-concurrency-stamp']);
  if (stamp.kind === 'bad') return { kind: 'refused', refusals: [stamp.refusal] };
  if (stamp.kind === 'stamp') {
    const existing = tenant.assets.get(tenant.stamps.get(stamp.value) ?? 0);
    if (existing) {
      const { id, name } = existing;
      return { kind: 'already-created', value: { id, name, concurrencyStamp: stamp.value } };
    }
  }
  const draft = readDraft(body);
  if (!draft.ok) return { kind: 'refused', refusals: draft.refusals };
  const result = create(tenant, {
    draft: draft.value,
    autoPublish: body.isAutoPublish ?? false,
    context: { memberId: member.id, now, rules: switches },
  });
  if (!result.ok) return { kind: 'refused', refusals: result.refusals };
  const { asset, events } = result.value;
  if (stamp.kind === 'stamp') tenant.stamps.set(stamp.value, asset.id);
  announce(events);
  return { kind: 'created', value: { id: asset.id, name: asset.name } };
};
