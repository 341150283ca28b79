import { markRecord, type NewRecord, toRecord } from './new-record.ts';
import type { AssetKey, InboxRecord, Mark, Snapshot, SyncInbox } from './sync-inbox.ts';

type Held = { -readonly [Field in keyof InboxRecord]: InboxRecord[Field] };

/** What is known of one asset. A search through all records for each asset that is finished would make storms slow. */
interface Known {
  open: Held[];
  snapshot?: Snapshot | undefined;
}

/** An inbox for tests: the same behaviour as the durable ones, and nothing outlives the process. At every 20,000 records the done ones go. */
export function createMemoryInbox(): SyncInbox {
  let all: Held[] = [];
  let sequence = 0;
  let listener: ((marks: readonly Mark[]) => void) | undefined;
  /** By tenant and asset; whole numbers as properties come in their order. */
  const tenants: Record<number, Record<number, Known>> = {};
  const values = new Map<string, string | undefined>();

  const know = ({ tenantId, assetId }: AssetKey): Known => {
    tenants[tenantId] ??= {};
    tenants[tenantId][assetId] ??= { open: [] };
    return tenants[tenantId][assetId];
  };
  const add = (added: readonly NewRecord[]): void => {
    const marks = added.flatMap((fields) => {
      const record = { ...fields, sequence: ++sequence, done: fields.kind !== 'mark' } as Held & Mark; // marks have both ids
      if (all.push(record) % 20_000 === 0) all = all.filter(isOpen);
      if (record.done) return [];
      know(record).open.push(record);
      return record;
    });
    if (marks.length) listener?.(marks);
  };

  return {
    store: async (entry) => add([toRecord(entry)]),
    mark: async (keys, source, receivedAt) => add(keys.map((key) => markRecord(key, source, receivedAt))),
    listen(next) {
      listener = next;
    },
    open: async (after, limit) =>
      all.filter((each) => isOpen(each) && each.sequence > after).slice(0, limit) as (Held & Mark)[], // only marks are open
    async finish(key, through, snapshot) {
      const known = know(key);
      for (const record of known.open) record.done = record.sequence <= through;
      known.open = known.open.filter(isOpen);
      known.snapshot = snapshot;
    },
    snapshots: async ({ tenantId, above, through }) =>
      new Map(
        Object.entries(tenants[tenantId] ?? {}).flatMap(([id, { snapshot }]) =>
          snapshot && +id > above && +id <= through ? [[+id, snapshot]] : [],
        ),
      ),
    records: async ({ since = 0, after = 0, ...same }, limit) =>
      all
        .filter(
          (record) =>
            record.sequence > after &&
            record.receivedAt >= since &&
            Object.entries(same).every(
              ([name, value]) => (value ?? record[name as keyof Held]) === record[name as keyof Held],
            ),
        )
        .slice(0, limit),
    counts: async () => {
      const open = all.filter(isOpen) as (Held & Mark)[]; // only marks are open
      return {
        dirty: new Set(open.map(know)).size,
        quarantined: all.filter(({ kind }) => kind === 'junk').length,
        records: all.length,
        oldest: open[0]?.receivedAt,
      };
    },
    read: async (name) => values.get(name),
    async write(name, value) {
      values.set(name, value);
    },
    claim: async (name, value) => values.get(name) === undefined && !!values.set(name, value),
    async prune(before) {
      const size = all.length;
      all = all.filter((record) => isOpen(record) || record.receivedAt >= before);
      return size - all.length;
    },
    async close() {
      listener = undefined;
    },
  };
}

function isOpen({ done }: Held): boolean {
  return !done;
}
