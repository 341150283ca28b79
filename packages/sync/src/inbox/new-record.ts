import type { InboxEntry } from '@hubex-kit/receiver';
import type { InboxRecord, MarkSource } from './sync-inbox.ts';

/** A record before it has its sequence. */
export type NewRecord = Omit<InboxRecord, 'sequence' | 'done'>;

const blank = { source: 'delivery', tenantId: null, assetId: null, eventId: null, text: '', reason: '' } as const;

/** What is kept of an entry: an event with an asset is a mark, every other event `other`. */
export function toRecord(entry: InboxEntry): NewRecord {
  if (entry.kind === 'junk') return { ...blank, ...entry };
  const { event, receivedAt } = entry;
  const kind = event.name === 'unknown' ? 'other' : 'mark';
  return { ...markRecord(event, 'delivery', receivedAt), kind, eventId: event.id, text: JSON.stringify(event.payload) };
}

/** A mark that is no delivery. */
export function markRecord(
  { tenantId, assetId }: Pick<InboxRecord, 'tenantId' | 'assetId'>,
  source: MarkSource,
  receivedAt: number,
): NewRecord {
  return { ...blank, kind: 'mark', source, tenantId, assetId, receivedAt };
}
