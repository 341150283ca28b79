import type { InboxEntry } from '@hubex-kit/receiver';
import type { InboxRecord } from './sync-inbox.ts';

/** A record before it has its sequence. */
export type NewRecord = Omit<InboxRecord, 'sequence' | 'done'>;

/** What is kept of an entry: an event with an asset is a mark, every other event `other`. */
export function toRecord(entry: InboxEntry): NewRecord {
  const { receivedAt } = entry;
  if (entry.kind === 'junk') {
    return {
      kind: 'junk',
      source: 'delivery',
      tenantId: null,
      assetId: null,
      eventId: null,
      receivedAt,
      text: withoutNul(entry.text),
      // What JSON.parse says quotes the body.
      reason: withoutNul(entry.reason),
    };
  }
  const { name, tenantId, assetId, id, payload } = entry.event;
  const kind = name === 'unknown' || assetId === null ? 'other' : 'mark';
  return {
    kind,
    source: 'delivery',
    tenantId,
    assetId,
    eventId: id,
    receivedAt,
    text: JSON.stringify(payload),
    reason: '',
  };
}

/** The one character that neither SQLite (everywhere) nor Postgres keeps in a text. JSON never holds it unescaped. */
function withoutNul(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD');
}
