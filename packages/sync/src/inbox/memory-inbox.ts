import { markRecord, type NewRecord, toRecord } from './new-record.ts';
import type { AssetKey, InboxRecord, Mark, RecordFilter, Snapshot, SyncInbox } from './sync-inbox.ts';

type Held = { -readonly [Field in keyof InboxRecord]: InboxRecord[Field] };

/** What is known of one asset. A search through all records for each asset that is finished would make storms slow. */
interface Known extends AssetKey {
  open: (Held & Mark)[];
  snapshot: Snapshot | undefined;
}

/** An inbox for tests: the same behaviour as the durable ones, and nothing outlives the process. At every 20,000 records the done ones go. */
export function createMemoryInbox(): SyncInbox {
  let all: Held[] = [];
  let sequence = 0;
  let listener: ((marks: readonly Mark[]) => void) | undefined;
  const assets = new Map<string, Known>();
  const values = new Map<string, string | undefined>();

  const know = ({ tenantId, assetId }: AssetKey): Known => {
    const name = `${tenantId}:${assetId}`;
    const known = assets.get(name) ?? { tenantId, assetId, open: [], snapshot: undefined };
    assets.set(name, known);
    return known;
  };
  const add = (added: readonly NewRecord[]): void => {
    const marks = added.flatMap((fields) => {
      const record = { ...fields, sequence: ++sequence, done: fields.kind !== 'mark' } as Held & Mark; // marks have both ids
      if (all.push(record) % 20_000 === 0) all = find({ done: false });
      if (record.done) return [];
      know(record).open.push(record);
      return record;
    });
    if (marks.length) listener?.(marks);
  };
  const find = ({ since = 0, after = 0, ...same }: RecordFilter & { done?: boolean }): Held[] =>
    all.filter(
      (record) =>
        record.sequence > after &&
        record.receivedAt >= since &&
        Object.entries(same).every(([name, value]) => (value ?? record[name as keyof Held]) === record[name as keyof Held]),
    );

  return {
    store: async (entry) => add([toRecord(entry)]),
    mark: async (keys, source, receivedAt) => add(keys.map((key) => markRecord(key, source, receivedAt))),
    listen(next) {
      listener = next;
    },
    open: async (after, limit) => find({ after, done: false }).slice(0, limit) as (Held & Mark)[], // only marks are not done
    async finish(key, through, snapshot) {
      const known = know(key);
      for (const record of known.open) record.done = record.sequence <= through;
      known.open = known.open.filter(({ done }) => !done);
      known.snapshot = snapshot;
    },
    snapshots: async ({ tenantId, above, through }) =>
      new Map(
        [...assets.values()]
          .filter((each) => each.tenantId === tenantId && each.assetId > above && each.assetId <= through)
          .sort((a, b) => a.assetId - b.assetId)
          .flatMap(({ assetId, snapshot }) => (snapshot ? [[assetId, snapshot]] : [])),
      ),
    records: async (filter, limit) => find(filter).slice(0, limit),
    counts: async () => ({
      dirty: [...assets.values()].filter(({ open }) => open.length).length,
      quarantined: find({ kind: 'junk' }).length,
      records: all.length,
      oldest: find({ done: false })[0]?.receivedAt,
    }),
    read: async (name) => values.get(name),
    async write(name, value) {
      values.set(name, value);
    },
    claim: async (name, value) => values.get(name) === undefined && !!values.set(name, value),
    async prune(before) {
      const size = all.length;
      all = all.filter(({ done, receivedAt }) => !done || receivedAt >= before);
      return size - all.length;
    },
    async close() {
      listener = undefined;
    },
  };
}
