import { SyncError } from '../sync-error.ts';

/** A value SQLite knows. */
export type SqlValue = string | number | null;

/** The part of a driver that the inbox uses; node:sqlite, libsql and better-sqlite3 all have it. */
export interface SqliteDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): {
    run(...values: SqlValue[]): { readonly changes: number | bigint; readonly lastInsertRowid: number | bigint };
    all(...values: SqlValue[]): unknown[];
    get(...values: SqlValue[]): unknown;
  };
  close(): unknown;
}

/** Opens a file with one driver. */
export type SqliteDriver = (file: string) => SqliteDatabase;

type Constructor = new (file: string) => SqliteDatabase;

const drivers: readonly (readonly [name: string, load: () => Promise<Constructor | undefined>])[] = [
  // Part of Node from 22.13 on.
  ['node:sqlite', async () => ((await load('node:sqlite')) as { DatabaseSync?: Constructor }).DatabaseSync],
  // Ships a binary for each platform in its npm packages: nothing is compiled.
  ['libsql', async () => ((await load('libsql')) as { default?: Constructor }).default],
  ['better-sqlite3', async () => ((await load('better-sqlite3')) as { default?: Constructor }).default],
];

/** Hidden from bundlers: a driver that is not installed must not break a build. */
function load(name: string): Promise<unknown> {
  return import(/* @vite-ignore */ name);
}

/** The first driver there is, or the one that is asked for. */
export async function findDriver(wanted?: string): Promise<SqliteDriver> {
  const reasons: string[] = [];
  for (const [name, constructorOf] of drivers) {
    if (wanted !== undefined && wanted !== name) continue;
    try {
      const Database = await constructorOf();
      if (Database) return (file) => new Database(file);
      reasons.push(`${name}: has no database class`);
    } catch (error) {
      reasons.push(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    }
  }
  throw new SyncError(
    'sync/bad-option',
    `openSqliteInbox found no SQLite driver (${reasons.join('; ') || `${wanted} is none of ${drivers.map(([name]) => name).join(', ')}`}). Run Node 22.13 or newer, or npm install libsql, or npm install better-sqlite3.`,
  );
}
