import { SyncError } from '../sync-error.ts';
import type { SqliteDatabase, SqliteDriver } from './sqlite-driver.ts';
import { explainSqlite } from './sqlite-errors.ts';

/** In the header of the file, so that nobody's other database is taken for an inbox: "HubX". */
const applicationId = 0x48_75_62_58;
const schemaVersion = 1;

/**
 * Plain tables: `sqlite3 hubex.db 'select * from records'` shows everything. What grows long stands last, so that looking through
 * the other columns does not read it. records_open is small however large the history gets.
 */
const schema = `
create table records (
  sequence integer primary key autoincrement,
  kind text not null,
  source text not null,
  tenant_id integer,
  asset_id integer,
  event_id integer,
  received_at integer not null,
  done integer not null,
  reason text not null,
  text text not null
);
create index records_open on records (sequence) where done = 0;
create index records_open_keys on records (tenant_id, asset_id) where done = 0;
create index records_junk on records (sequence) where kind = 'junk';
create index records_received on records (received_at);
create table snapshots (
  tenant_id integer not null,
  asset_id integer not null,
  digest text not null,
  primary key (tenant_id, asset_id)
) without rowid;
create table named_values (
  name text primary key,
  value text not null
) without rowid;
pragma application_id = ${applicationId};
pragma user_version = ${schemaVersion};
`;

/** Opens the file so that a commit survives a power cut, and makes the tables if it is new. */
export function openSqliteFile(driver: SqliteDriver, file: string): SqliteDatabase {
  let db: SqliteDatabase | undefined;
  try {
    db = driver(file);
    // Readers, such as somebody looking into the file, and a second process wait for the writer instead of failing at once.
    db.exec('pragma busy_timeout = 5000');
    const mode = firstValue(db, 'pragma journal_mode = wal');
    if (mode !== 'wal')
      throw bad(
        file,
        `its journal mode stays ${String(mode)} instead of wal; it needs a file on a local disk (createMemoryInbox is for tests)`,
      );
    // FULL: one fsync for each commit. fullfsync: macOS does not reach the disk without it.
    db.exec('pragma synchronous = full; pragma fullfsync = on; pragma checkpoint_fullfsync = on');
    createTables(db, file);
    return db;
  } catch (cause) {
    db?.close();
    throw cause instanceof SyncError ? cause : explainSqlite(`the inbox ${file} could not be opened`, cause);
  }
}

function createTables(db: SqliteDatabase, file: string): void {
  // The lock first: of two processes that start together one makes the tables and the other finds them.
  db.exec('begin immediate');
  try {
    const isOurs = firstValue(db, 'pragma application_id') === applicationId;
    const version = Number(firstValue(db, 'pragma user_version'));
    if (!isOurs && firstValue(db, 'select count(*) from sqlite_schema') !== 0)
      throw bad(file, 'it is the database of something else; give the inbox a file of its own');
    if (version > schemaVersion)
      throw bad(
        file,
        `a newer version of @hubex-kit/sync wrote it (schema ${version}, this one knows ${schemaVersion}); update the package`,
      );
    if (!isOurs) db.exec(schema);
    db.exec('commit');
  } catch (cause) {
    try {
      db.exec('rollback');
    } catch {
      // SQLite has rolled back by itself; the cause says more.
    }
    throw cause;
  }
}

/** The first column of the first row. */
function firstValue(db: SqliteDatabase, sql: string): unknown {
  return Object.values(Object(db.prepare(sql).get()))[0];
}

function bad(file: string, why: string): SyncError {
  return new SyncError('sync/inbox-failed', `openSqliteInbox: ${file} cannot be the inbox: ${why}.`);
}
