import { shownReply } from '../api/kept-body.ts';
import { type KeptRequest, type RequestRecord, shownRequest } from '../api/request-record.ts';
import type { EventRecord } from '../outbox/event-log.ts';
import type { Attempt, Cause } from '../outbox/journal.ts';
import type { TenantWorld } from '../world/tenant-world.ts';
import { sha256 } from './sha256.ts';

/** An API request. */
export interface RequestRow extends Omit<RequestRecord, 'at'> {
  readonly type: 'request';
  /**
   * ISO 8601, UTC.
   * @format date-time
   */
  readonly at: string;
  /**
   * SHA-256 of the request's body, however long, in hexadecimal; of one with addresses as `requestBody` shows it. null without a body, for one
   * that may hold credentials, and, where the body is not shown, until it is worked out (milliseconds; `settled` waits for it) or for good where
   * the platform has no `crypto.subtle`.
   */
  readonly bodyHash: string | null;
  /** The answer's body, if it may be kept: a text, no credentials, addresses redacted, at most 4,096 characters, among the newest 8 MiB. */
  readonly replyBody: string | null;
}

/** An event, whether or not a webhook fired for it. */
export interface EventRow extends Omit<EventRecord, 'at'> {
  readonly type: 'event';
  /**
   * ISO 8601, UTC.
   * @format date-time
   */
  readonly at: string;
}

/** One call of a webhook. */
export interface AttemptRow extends Cause, Omit<Attempt, 'started'> {
  readonly type: 'attempt';
  /**
   * ISO 8601, UTC.
   * @format date-time
   */
  readonly at: string;
  readonly deliveryId: number;
  readonly webhookId: number;
  /** 1 for the first call of the delivery. */
  readonly attempt: number;
  readonly eventId: number | null;
  readonly assetId: number | null;
  /** Redacted. */
  readonly url: string;
  /** SHA-256 of the body as it was sent. */
  readonly bodyHash: string;
  readonly body: string;
}

/** One line of the journal. */
export type JournalRow = RequestRow | EventRow | AttemptRow;

/** The kinds of lines. */
export type RowType = JournalRow['type'];

const order: readonly RowType[] = ['request', 'event', 'attempt'];

/** The lines of a tenant's journal by time; at one moment requests come before the events they caused, and these before attempts. */
export function journalRows(world: TenantWorld, types: ReadonlySet<RowType>): readonly JournalRow[] {
  const rows: JournalRow[] = [
    ...(types.has('request') ? world.requests.list().map(requestRow) : []),
    ...(types.has('event') ? world.outbox.events.list().map(eventRow) : []),
    ...(types.has('attempt') ? attemptRows(world) : []),
  ];
  // The sort is stable, so lines of one kind stay in their order.
  return rows.sort((a, b) => (a.at === b.at ? order.indexOf(a.type) - order.indexOf(b.type) : a.at < b.at ? -1 : 1));
}

function requestRow(kept: KeptRequest): RequestRow {
  const { at, ...record } = shownRequest(kept);
  const { requestBody } = record;
  const bodyHash = kept.hash ? kept.hash.text : requestBody === null ? null : sha256(requestBody);
  return { type: 'request', at: new Date(at).toISOString(), ...record, bodyHash, replyBody: shownReply(kept) };
}

function eventRow(event: EventRecord): EventRow {
  return { type: 'event', ...event, at: new Date(event.at).toISOString() };
}

function attemptRows({ outbox }: TenantWorld): readonly AttemptRow[] {
  return outbox.journal.find({}).flatMap((record) => {
    const { id, webhookId, eventId, assetId, cause, requestId, batch, assetVersion, url, body } = record;
    if (record.attempts.length === 0) return [];
    const bodyHash = sha256(body);
    return record.attempts.map(({ started, ...attempt }, index) => ({
      type: 'attempt' as const,
      at: started,
      deliveryId: id,
      attempt: index + 1,
      ...{ webhookId, eventId, assetId, cause, requestId, batch, assetVersion, url, body, bodyHash },
      ...attempt,
    }));
  });
}
