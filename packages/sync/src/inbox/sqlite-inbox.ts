import { nearest } from '@hubex-kit/contract/nearest';
import { SyncError } from '../sync-error.ts';
import { GroupCommit } from './group-commit.ts';
import { markRecord, type NewRecord, toRecord } from './new-record.ts';
import { filterSql, fromRow, markFromRow, type RecordRow, toMark, whole, withoutNul } from './record-fields.ts';
import { findDriver, type SqliteDriver } from './sqlite-driver.ts';
import { openSqliteFile } from './sqlite-schema.ts';
import type { Mark, SyncInbox } from './sync-inbox.ts';

export type { SqliteDatabase, SqliteDriver, SqlValue } from './sqlite-driver.ts';

/** Where the inbox is, and what opens it. */
export interface SqliteInboxOptions {
  /** Path of the file; it is made if it is not there. Its directory must exist. */
  readonly file: string;
  /** Default: node:sqlite where Node has it, else libsql, else better-sqlite3. */
  readonly driver?: 'node:sqlite' | 'libsql' | 'better-sqlite3' | SqliteDriver;
}

/** How many rows a prune deletes at a time: deliveries must not wait for it. */
const pruneRows = 1_000;

/**
 * An inbox in one file, the engine for one server. What is stored survives `kill -9` and a power cut (WAL with one fsync for each
 * commit; deliveries that arrive together share it). Several processes of one machine may open the file; not over a network.
 *
 * @throws SyncError `sync/inbox-failed` when no driver is there or the file cannot be used; the message names the way out.
 * @example
 * const inbox = await openSqliteInbox('hubex.db');
 * createServer(toNodeHandler(createReceiver({ secrets, inbox }))).listen(3000);
 */
export async function openSqliteInbox(options: string | SqliteInboxOptions): Promise<SyncInbox> {
  const { file, driver, ...rest }: SqliteInboxOptions = typeof options === 'string' ? { file: options } : options;
  const [wrong] = Object.keys(rest);
  if (wrong !== undefined || typeof file !== 'string' || file === '')
    throw new SyncError(
      'sync/bad-option',
      `openSqliteInbox: ${wrong === undefined ? 'file is missing' : `there is no option ${wrong}; did you mean ${nearest(wrong, ['file', 'driver'])}?`} There are file and driver.`,
    );
  const db = openSqliteFile(typeof driver === 'function' ? driver : await findDriver(driver), file);
  let listener: ((marks: readonly Mark[]) => void) | undefined;
  let refused: (() => void) | undefined;
  const writes = new GroupCommit(db, (marks) => listener?.(marks));

  const columns = 'kind, source, tenant_id, asset_id, event_id, received_at, done, reason, text';
  const append = db.prepare(`insert into records (${columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const openMarks = db.prepare(
    `select sequence, source, tenant_id, asset_id, event_id, received_at from records
     where done = 0 and sequence > ? order by sequence limit ?`,
  );
  const finish = db.prepare(
    'update records set done = 1 where done = 0 and tenant_id = ? and asset_id = ? and sequence <= ?',
  );
  const putSnapshot = db.prepare(
    'insert into snapshots (tenant_id, asset_id, digest) values (?, ?, ?) on conflict do update set digest = excluded.digest',
  );
  const dropSnapshot = db.prepare('delete from snapshots where tenant_id = ? and asset_id = ?');
  const readSnapshots = db.prepare(
    'select asset_id, digest from snapshots where tenant_id = ? and asset_id > ? and asset_id <= ? order by asset_id',
  );
  const readValue = db.prepare('select value from named_values where name = ?');
  const putValue = db.prepare(
    'insert into named_values (name, value) values (?, ?) on conflict do update set value = excluded.value',
  );
  const claimValue = db.prepare('insert into named_values (name, value) values (?, ?) on conflict do nothing');
  const dropValue = db.prepare('delete from named_values where name = ?');
  const prune = db.prepare(
    `delete from records where sequence in
     (select sequence from records where received_at < ? and done = 1 limit ${pruneRows})`,
  );
  const count = db.prepare(
    `select (select count(*) from (select distinct tenant_id, asset_id from records where done = 0)) as dirty,
     (select count(*) from records where kind = 'junk') as quarantined,
     (select count(*) from records) as records,
     (select received_at from records where done = 0 order by sequence limit 1) as oldest`,
  );

  const add = (record: NewRecord, opened: Mark[]): void => {
    const { kind, source, tenantId, assetId, eventId, receivedAt, reason, text } = record;
    const fields = [kind, source, tenantId, assetId, eventId, receivedAt, kind === 'mark' ? 0 : 1];
    // The reason too: what JSON.parse says quotes the body.
    const added = append.run(...fields, withoutNul(reason), withoutNul(text));
    const mark = toMark(record, Number(added.lastInsertRowid));
    if (mark) opened.push(mark);
  };
  // What a prepared select gives has the columns it names.
  const read = <Row>(rows: () => unknown[]): Row[] => {
    writes.check();
    return rows() as Row[]; // See above.
  };

  return {
    async store(entry) {
      try {
        // Before it joins the others: a payload that is no JSON must not take them along.
        const record = toRecord(entry);
        await writes.run((opened) => add(record, opened));
      } catch (cause) {
        refused?.();
        throw cause;
      }
    },
    async mark(keys, source, receivedAt) {
      if (keys.length === 0) return;
      return writes.run((opened) => {
        for (const key of keys) add(markRecord(key, source, receivedAt), opened);
      });
    },
    listen(next, onRefused) {
      listener = next;
      refused = onRefused;
    },
    async open(after, limit) {
      return read<RecordRow>(() => openMarks.all(whole(after), whole(limit))).map(markFromRow);
    },
    finish: ({ tenantId, assetId }, through, snapshot) =>
      writes.run(() => {
        finish.run(tenantId, assetId, whole(through));
        if (snapshot) putSnapshot.run(tenantId, assetId, snapshot.digest);
        else dropSnapshot.run(tenantId, assetId);
      }),
    async snapshots({ tenantId, above, through }) {
      const rows = read<{ asset_id: number; digest: string }>(() =>
        readSnapshots.all(tenantId, whole(above), whole(through)),
      );
      return new Map(rows.map(({ asset_id, digest }) => [asset_id, { digest }]));
    },
    async records(filter, limit) {
      const { where, values } = filterSql(filter, () => '?');
      const sql = `select sequence, ${columns} from records where ${where} order by sequence limit ?`;
      return read<RecordRow>(() => db.prepare(sql).all(...values, whole(limit))).map(fromRow);
    },
    async counts() {
      const [row] = read<{ dirty: number; quarantined: number; records: number; oldest: number | null }>(() =>
        count.all(),
      );
      const { dirty = 0, quarantined = 0, records = 0, oldest } = row ?? {};
      return { dirty, quarantined, records, oldest: oldest ?? undefined };
    },
    async read(name) {
      return read<{ value: string }>(() => readValue.all(name))[0]?.value;
    },
    write: (name, value) =>
      writes.run(() => void (value === undefined ? dropValue.run(name) : putValue.run(name, value))),
    claim: (name, value) => writes.run(() => Number(claimValue.run(name, value).changes) === 1),
    async prune(before) {
      let pruned = 0;
      for (;;) {
        const changes = await writes.run(() => Number(prune.run(whole(before)).changes));
        pruned += changes;
        if (changes < pruneRows) return pruned;
      }
    },
    async close() {
      listener = undefined;
      writes.close();
    },
  };
}
