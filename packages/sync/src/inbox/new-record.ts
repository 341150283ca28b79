import type { InboxEntry } from '@hubex-kit/receiver';
import type { AssetKey, InboxRecord, MarkSource } from './sync-inbox.ts';

/** A record before it has its sequence. */
export type NewRecord = Omit<InboxRecord, 'sequence' | 'done'>;

const blank = { source: 'delivery', tenantId: null, assetId: null, eventId: null, text: '', reason: '' } as const;

/** What is kept of an entry: an event with an asset is a mark, every other event `other`. */
export function toRecord(entry: InboxEntry): NewRecord {
  // The reason too: what JSON.parse says quotes the body.
  if (entry.kind === 'junk')
    return { ...blank, ...entry, text: withoutNul(entry.text), reason: withoutNul(entry.reason) };
  const { receivedAt } = entry;
  const { name, tenantId, assetId, id, payload } = entry.event;
  const kind = name === 'unknown' || assetId === null ? 'other' : 'mark';
  return { ...blank, kind, tenantId, assetId, eventId: id, receivedAt, text: JSON.stringify(payload) };
}

/** A mark that is no delivery. */
export function markRecord({ tenantId, assetId }: AssetKey, source: MarkSource, receivedAt: number): NewRecord {
  return { ...blank, kind: 'mark', source, tenantId, assetId, receivedAt };
}

/** The one character that neither SQLite (everywhere) nor Postgres keeps in a text. JSON never holds it unescaped. */
function withoutNul(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD');
}
