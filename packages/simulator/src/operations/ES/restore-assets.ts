import { restoreAssets as restore } from '../../domain/deletion.ts';
import { findAssets } from '../../domain/named-assets.ts';
import type { Operation } from '../operation.ts';

/** B185, B186, B189. */
export const restoreAssets: Operation<'restoreAssets'> = ({ tenant, member, body, query, switches, announce }) => {
  const found = findAssets({ tenant, member }, body);
  if (!found.ok) return { kind: 'refused', refusals: found.refusals };
  const eventId = switches.restoreEvent === 'none' ? null : Number(switches.restoreEvent);
  const reach = query.withNested ? 'with-descendants' : 'named';
  announce(restore(tenant, { assets: found.value, reach, eventId }));
  return { kind: 'accepted' };
};
