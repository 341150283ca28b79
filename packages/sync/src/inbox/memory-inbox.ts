import type { InboxEntry } from '@hubex-kit/receiver';
import type { InboxRecord, Mark, MarkSource, Snapshot, SyncInbox } from './sync-inbox.ts';

type Held = { -readonly [Field in keyof InboxRecord]: InboxRecord[Field] };

const keptWhenDone = 10_000;

/** An inbox for tests: the same behaviour as the durable ones, and nothing outlives the process. Keeps the newest 10,000 done records. */
export function createMemoryInbox(): SyncInbox {
  let records: Held[] = [];
  let sequence = 0;
  let done = 0;
  let listener: ((marks: readonly Mark[]) => void) | undefined;
  const snapshots = new Map<string, Map<number, Snapshot>>();
  const values = new Map<string, string>();
  /** Open marks by key: a scan of all records for each finished asset would make storms slow. */
  const open = new Map<string, Held[]>();
  const of = (tenantId: number): Map<number, Snapshot> => {
    const found = snapshots.get(`${tenantId}`) ?? new Map<number, Snapshot>();
    snapshots.set(`${tenantId}`, found);
    return found;
  };
  const add = (fields: Omit<InboxRecord, 'sequence' | 'done' | 'kind'> & { kind: InboxRecord['kind'] }): Held => {
    const record = { ...fields, sequence: ++sequence, done: fields.kind !== 'mark' };
    records.push(record);
    const key = `${fields.tenantId}:${fields.assetId}`;
    if (record.done) done++;
    else open.set(key, [...(open.get(key) ?? []), record]);
    return record;
  };
  const isMark = (record: InboxRecord): record is InboxRecord & Mark => record.kind === 'mark' && !record.done;
  const trim = (): void => {
    if (done < 2 * keptWhenDone) return;
    let extra = done - keptWhenDone;
    records = records.filter((record) => !record.done || --extra < 0);
    done = keptWhenDone;
  };
  return {
    async store(entry: InboxEntry) {
      const { receivedAt } = entry;
      if (entry.kind === 'junk') {
        const { text, reason } = entry;
        add({
          kind: 'junk',
          source: 'delivery',
          tenantId: null,
          assetId: null,
          eventId: null,
          receivedAt,
          text,
          reason,
        });
      } else {
        const { tenantId, assetId, id, payload, name } = entry.event;
        const kind = name === 'unknown' || assetId === null ? 'other' : 'mark';
        const text = JSON.stringify(payload);
        const record = add({ kind, source: 'delivery', tenantId, assetId, eventId: id, receivedAt, text, reason: '' });
        if (isMark(record)) listener?.([record]);
      }
      trim();
    },
    async mark(keys, source: MarkSource, receivedAt) {
      const marks = keys.map((key) =>
        add({ kind: 'mark', source, ...key, eventId: null, receivedAt, text: '', reason: '' }),
      );
      listener?.(marks.filter(isMark));
    },
    listen(next) {
      listener = next;
    },
    open: async (after, limit) =>
      records.filter((record) => isMark(record) && record.sequence > after).slice(0, limit) as Mark[], // isMark has looked
    async finish({ tenantId, assetId }, through, snapshot) {
      const key = `${tenantId}:${assetId}`;
      const left = (open.get(key) ?? []).filter((record) => {
        record.done = record.sequence <= through;
        return !record.done;
      });
      done += (open.get(key)?.length ?? 0) - left.length;
      if (left.length > 0) open.set(key, left);
      else open.delete(key);
      if (snapshot) of(tenantId).set(assetId, snapshot);
      else of(tenantId).delete(assetId);
      trim();
    },
    snapshots: async ({ tenantId, above, through }) =>
      new Map([...of(tenantId)].filter(([id]) => id > above && id <= through).sort(([a], [b]) => a - b)),
    records: async ({ kind, since = 0, assetId, eventId, after = 0 }, limit) =>
      records
        .filter(
          (record) =>
            record.sequence > after &&
            record.receivedAt >= since &&
            (kind === undefined || record.kind === kind) &&
            (assetId === undefined || record.assetId === assetId) &&
            (eventId === undefined || record.eventId === eventId),
        )
        .slice(0, limit),
    async counts() {
      return {
        dirty: open.size,
        quarantined: records.filter(({ kind }) => kind === 'junk').length,
        records: records.length,
        oldest: records.find(isMark)?.receivedAt,
      };
    },
    read: async (name) => values.get(name),
    async write(name, value) {
      if (value === undefined) values.delete(name);
      else values.set(name, value);
    },
    async claim(name, value) {
      if (values.has(name)) return false;
      values.set(name, value);
      return true;
    },
    async prune(before) {
      const kept = records.filter((record) => !record.done || record.receivedAt >= before);
      const gone = records.length - kept.length;
      records = kept;
      done -= gone;
      return gone;
    },
    async close() {
      listener = undefined;
    },
  };
}
