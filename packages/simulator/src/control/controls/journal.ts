import type { ControlDefinition, TextResult } from '../control-definition.ts';
import { type HttpArchive, toHar } from '../har.ts';
import { type JournalRow, journalRows, type RowType } from '../journal-rows.ts';

/** Which lines, and how they are written. */
export const journalFields = {
  types: {
    kind: 'list',
    of: { kind: 'enum', values: ['request', 'event', 'attempt'], doc: 'a kind of line' },
    doc: 'kinds of lines: request, event, attempt; left out: all',
  },
  eventId: { kind: 'integer', least: 0, most: 255, doc: 'event id, such as 41 for a changed asset' },
  assetId: { kind: 'integer', least: 0, most: 2_147_483_647, doc: 'asset id' },
  webhookId: { kind: 'integer', least: 1, most: 2_147_483_647, doc: 'webhook id' },
  requestId: { kind: 'integer', least: 1, doc: 'an API request and what it caused' },
  limit: { kind: 'integer', least: 1, most: 1_000_000, default: 1_000, doc: 'lines at most, the newest' },
  format: { kind: 'enum', values: ['json', 'ndjson', 'har'], default: 'json', doc: 'how they are written' },
} as const;

/** Lines of the journal. */
export interface JournalPage {
  /** Lines that fit, those beyond the limit included. */
  readonly total: number;
  /** Lines that left the bounded journal. */
  readonly dropped: { readonly request: number; readonly event: number; readonly delivery: number };
  readonly items: readonly JournalRow[];
}

/** Lines of the journal, each one JSON. */
export type JournalLines = TextResult<'application/x-ndjson; charset=utf-8', JournalRow>;

/** Requests and attempts for tools that read HAR. */
export type JournalArchive = TextResult<'application/json; charset=utf-8', HttpArchive>;

/** Shows the journal. */
export const journal: ControlDefinition<typeof journalFields, JournalPage | JournalLines | JournalArchive> = {
  method: 'GET',
  path: '/journal',
  summary: 'Show requests, events and attempts by time, with what caused them; as JSON, NDJSON or HAR.',
  returns: 'total, dropped and items; ndjson and har are texts',
  input: journalFields,
  examples: [{ types: ['attempt'], webhookId: 1 }, { format: 'har' }],
  run(world, { types = ['request', 'event', 'attempt'], limit, format, ...filter }) {
    const fitting = journalRows(world, new Set<RowType>(types)).filter((row) => fits(row, filter));
    const items = fitting.slice(-limit);
    const { requests, outbox } = world;
    switch (format) {
      case 'json': {
        const dropped = { request: requests.dropped, event: outbox.events.dropped, delivery: outbox.journal.dropped };
        return { total: fitting.length, dropped, items };
      }
      case 'ndjson': {
        const text = items.map((row) => `${JSON.stringify(row)}\n`).join('');
        return { kind: 'text', contentType: 'application/x-ndjson; charset=utf-8', text };
      }
      case 'har':
        return { kind: 'text', contentType: 'application/json; charset=utf-8', text: JSON.stringify(toHar(items)) };
      default:
        return format satisfies never;
    }
  },
};

interface Wanted {
  readonly eventId: number | undefined;
  readonly assetId: number | undefined;
  readonly webhookId: number | undefined;
  readonly requestId: number | undefined;
}

function fits(row: JournalRow, { eventId, assetId, webhookId, requestId }: Wanted): boolean {
  if (requestId !== undefined && (row.type === 'request' ? row.id : row.requestId) !== requestId) return false;
  if (row.type === 'request') return eventId === undefined && assetId === undefined && webhookId === undefined;
  if (eventId !== undefined && row.eventId !== eventId) return false;
  if (assetId !== undefined && row.assetId !== assetId) return false;
  return webhookId === undefined || (row.type === 'attempt' && row.webhookId === webhookId);
}
