import { toRecord } from './new-record.ts';
import type { InboxRecord, Mark, Snapshot, SyncInbox } from './sync-inbox.ts';

type Held = { -readonly [Field in keyof InboxRecord]: InboxRecord[Field] };

/** An inbox for tests: the same behaviour as the durable ones, and nothing outlives the process. Of 20,000 records the done ones go. */
export function createMemoryInbox(): SyncInbox {
  let all: Held[] = [];
  let sequence = 0;
  let listener: ((marks: readonly Mark[]) => void) | undefined;
  const snapshots = new Map<
    string,
    { readonly tenantId: number; readonly assetId: number; readonly snapshot: Snapshot }
  >();
  const values = new Map<string, string>();
  /** Open marks by key: a search through all records for each finished asset would make storms slow. */
  const open = new Map<string, (Held & Mark)[]>();
  const add = (fields: Partial<InboxRecord>): Held => {
    const empty = { source: 'delivery', tenantId: null, assetId: null, eventId: null, text: '', reason: '' };
    const done = fields.kind !== 'mark';
    const record = { ...empty, ...fields, sequence: ++sequence, done } as Held; // kind and receivedAt are in all fields
    const key = `${record.tenantId}:${record.assetId}`;
    // Marks have both ids.
    if (!done) open.set(key, [...(open.get(key) ?? []), record as Held & Mark]);
    if (all.push(record) > 20_000) all = all.filter((each) => !each.done);
    return record;
  };
  const isOpen = ({ done }: Held): boolean => !done;
  return {
    async store(entry) {
      const record = add(toRecord(entry));
      if (!record.done) listener?.([record as Held & Mark]);
    },
    async mark(keys, source, receivedAt) {
      const marks = keys.map(
        ({ tenantId, assetId }) => add({ kind: 'mark', source, tenantId, assetId, receivedAt }) as Held & Mark,
      ); // of kind mark
      listener?.(marks);
    },
    listen(next) {
      listener = next;
    },
    open: async (after, limit) =>
      all.filter((each) => !each.done && each.sequence > after).slice(0, limit) as (Held & Mark)[],
    async finish({ tenantId, assetId }, through, snapshot) {
      const key = `${tenantId}:${assetId}`;
      for (const record of open.get(key) ?? []) record.done = record.sequence <= through;
      const left = open.get(key)?.filter(isOpen) ?? [];
      open.set(key, left);
      if (!left.length) open.delete(key);
      snapshots.set(key, { tenantId, assetId, snapshot: snapshot ?? { digest: '' } });
      if (!snapshot) snapshots.delete(key);
    },
    snapshots: async ({ tenantId, above, through }) =>
      new Map(
        [...snapshots.values()]
          .filter((each) => each.tenantId === tenantId && each.assetId > above && each.assetId <= through)
          .sort((a, b) => a.assetId - b.assetId)
          .map(({ assetId, snapshot }) => [assetId, snapshot]),
      ),
    records: async ({ since = 0, after = 0, ...same }, limit) =>
      all
        .filter(
          (record) =>
            record.sequence > after &&
            record.receivedAt >= since &&
            Object.entries(same).every(
              ([name, value]) => value === undefined || record[name as keyof typeof same] === value,
            ),
        )
        .slice(0, limit),
    counts: async () => ({
      dirty: open.size,
      quarantined: all.filter(({ kind }) => kind === 'junk').length,
      records: all.length,
      oldest: all.find(isOpen)?.receivedAt,
    }),
    read: async (name) => values.get(name),
    async write(name, value) {
      if (value === undefined) values.delete(name);
      else values.set(name, value);
    },
    claim: async (name, value) => !values.has(name) && !!values.set(name, value),
    async prune(before) {
      const size = all.length;
      all = all.filter((record) => !record.done || record.receivedAt >= before);
      return size - all.length;
    },
    async close() {
      listener = undefined;
    },
  };
}
