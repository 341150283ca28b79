import type { NewRecord } from './new-record.ts';
import type { InboxRecord, Mark, MarkSource, RecordFilter } from './sync-inbox.ts';

/** The mark in a record, once that has a sequence; undefined for what is none. */
export function toMark(record: NewRecord, sequence: number): Mark | undefined {
  const { tenantId, assetId, eventId, source, receivedAt } = record;
  if (record.kind !== 'mark' || tenantId === null || assetId === null) return undefined;
  return { sequence, source, tenantId, assetId, eventId, receivedAt };
}

/** The one character that neither SQLite (everywhere) nor Postgres keeps in a text. JSON never holds it unescaped, junk may. */
export function withoutNul(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD');
}

/** A row of the table `records` as a driver gives it: numbers may come as text, truth as 0 and 1. */
export interface RecordRow {
  readonly sequence: number | string;
  readonly kind: InboxRecord['kind'];
  readonly source: MarkSource;
  readonly tenant_id: number | string | null;
  readonly asset_id: number | string | null;
  readonly event_id: number | string | null;
  readonly received_at: number | string;
  readonly done: number | boolean;
  readonly text: string;
  readonly reason: string;
}

/** Reads a row of `records`. */
export function fromRow(row: RecordRow): InboxRecord {
  const { kind, source, done, text, reason } = row;
  const ids = { tenantId: toId(row.tenant_id), assetId: toId(row.asset_id), eventId: toId(row.event_id) };
  const [sequence, receivedAt] = [Number(row.sequence), Number(row.received_at)];
  return { sequence, kind, source, ...ids, receivedAt, text, reason, done: Boolean(done) };
}

/** Reads a row of `records` that is a mark: those have both ids. */
export function markFromRow(row: Omit<RecordRow, 'text' | 'reason' | 'done' | 'kind'>): Mark {
  return {
    sequence: Number(row.sequence),
    source: row.source,
    tenantId: Number(row.tenant_id),
    assetId: Number(row.asset_id),
    eventId: toId(row.event_id),
    receivedAt: Number(row.received_at),
  };
}

/** The condition of a filter for a `where`, and its values; `place` writes the placeholder of the nth value, from 1. */
export function filterSql(
  { kind, since, assetId, eventId, after }: RecordFilter,
  place: (index: number) => string,
): { readonly where: string; readonly values: (string | number)[] } {
  const values: (string | number)[] = [];
  const conditions = ['true'];
  const add = (column: string, value: string | number | undefined): void => {
    if (value !== undefined) conditions.push(`${column} ${place(values.push(value))}`);
  };
  add('kind =', kind);
  add('received_at >=', since && whole(since));
  add('asset_id =', assetId);
  add('event_id =', eventId);
  add('sequence >', after && whole(after));
  return { where: conditions.join(' and '), values };
}

/** Columns hold whole numbers; Infinity and fractions in a range mean the nearest one inside. */
export function whole(value: number): number {
  return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, Math.floor(value)));
}

function toId(value: number | string | null): number | null {
  return value === null ? null : Number(value);
}
