import { parseDelivery } from '@hubex-kit/receiver';
import type { InboxRecord, RecordFilter, SyncInbox } from './inbox/sync-inbox.ts';
import { SyncError } from './sync-error.ts';

/** Which deliveries to work off once more. All conditions hold together. */
export type ReplayFilter = Pick<RecordFilter, 'since' | 'assetId' | 'eventId'>;

/** What a replay marked. */
export interface Replayed {
  /** Assets that are dirty again. */
  readonly assets: number;
  /** Bodies from quarantine that are understood by now. */
  readonly recovered: number;
}

const batch = 1_000;

/** Every record that fits, in order, read a thousand at a time. */
export async function* allRecords(
  inbox: SyncInbox,
  filter: RecordFilter,
): AsyncGenerator<InboxRecord, void, undefined> {
  for (let after = filter.after ?? 0; ; ) {
    const records = await inbox.records({ ...filter, after }, batch);
    yield* records;
    const last = records.at(-1);
    if (!last || records.length < batch) return;
    after = last.sequence;
  }
}

/** Marks the assets of kept deliveries dirty again, and gives bodies in quarantine another chance. */
export async function replay(
  inbox: SyncInbox,
  filter: ReplayFilter,
  { now, onRead }: { readonly now: number; readonly onRead?: (records: number) => void },
): Promise<Replayed> {
  const keys = new Map<string, { readonly tenantId: number; readonly assetId: number }>();
  let [read, recovered] = [0, 0];
  // Read to the end first: what is stored below would be found again.
  const kept: InboxRecord[] = [];
  for await (const record of allRecords(inbox, filter)) {
    const { tenantId, assetId } = record;
    if (++read % batch === 0) onRead?.(read);
    if (record.kind === 'mark' && tenantId !== null && assetId !== null)
      keys.set(`${tenantId}:${assetId}`, { tenantId, assetId });
  }
  if (filter.assetId === undefined && filter.eventId === undefined)
    for await (const record of allRecords(inbox, { ...filter, kind: 'junk' })) kept.push(record);
  for (const { text, receivedAt } of kept) {
    const event = parseDelivery(text);
    if (event.name === 'junk') continue;
    await inbox.store({ kind: 'event', event, receivedAt });
    recovered++;
  }
  await inbox.mark([...keys.values()], 'replay', now);
  return { assets: keys.size, recovered };
}

/** Kept records as lines of JSON, one a record, without the line ends. */
export async function* exportRecords(
  inbox: SyncInbox,
  filter: RecordFilter = {},
): AsyncGenerator<string, void, undefined> {
  for await (const { kind, source, receivedAt, tenantId, assetId, eventId, text, reason } of allRecords(inbox, filter))
    yield JSON.stringify({ kind, source, receivedAt, tenantId, assetId, eventId, text, reason });
}

/**
 * Stores lines that `exportRecords` has written; deliveries become open marks again. Empty lines are skipped.
 * @throws SyncError `sync/bad-line` with the number of the first line that is none; the lines before it are stored.
 */
export async function importRecords(
  inbox: SyncInbox,
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<number> {
  let [number, stored] = [0, 0];
  for await (const line of lines) {
    number++;
    if (line.trim() === '') continue;
    const record = readLine(line, number);
    const { receivedAt, text, reason, tenantId, assetId } = record;
    if (record.source !== 'delivery') {
      if (tenantId !== null && assetId !== null) await inbox.mark([{ tenantId, assetId }], 'replay', receivedAt);
    } else {
      const event = parseDelivery(text);
      if (event.name === 'junk')
        await inbox.store({ kind: 'junk', text, reason: reason || String(event.reason), receivedAt });
      else await inbox.store({ kind: 'event', event, receivedAt });
    }
    stored++;
  }
  return stored;
}

function readLine(
  line: string,
  number: number,
): Pick<InboxRecord, 'source' | 'receivedAt' | 'text' | 'reason' | 'tenantId' | 'assetId'> {
  const wrong = (what: string, cause?: unknown): SyncError =>
    new SyncError('sync/bad-line', `Line ${number} is no record of an inbox: ${what}. Lines before it were stored.`, {
      cause,
    });
  let value: Partial<InboxRecord> | null;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw wrong('it is not JSON', cause);
  }
  const { source, receivedAt, text, reason = '', tenantId = null, assetId = null } = value ?? {};
  if (source !== 'delivery' && source !== 'reconcile' && source !== 'replay')
    throw wrong('source must be delivery, reconcile or replay');
  if (typeof receivedAt !== 'number' || !Number.isFinite(receivedAt))
    throw wrong('receivedAt must be a number of milliseconds');
  if (typeof text !== 'string' || typeof reason !== 'string') throw wrong('text and reason must be strings');
  for (const [name, id] of Object.entries({ tenantId, assetId }))
    if (id !== null && !Number.isSafeInteger(id)) throw wrong(`${name} must be a whole number or null`);
  return { source, receivedAt, text, reason, tenantId, assetId };
}
