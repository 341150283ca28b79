import { SyncError } from '../sync-error.ts';

/** The part of a prepared statement that node:sqlite, libsql and better-sqlite3 have in common. */
export interface SqliteStatement {
  run(...values: readonly SqliteValue[]): {
    readonly changes: number | bigint;
    readonly lastInsertRowid: number | bigint;
  };
  get(...values: readonly SqliteValue[]): unknown;
  all(...values: readonly SqliteValue[]): unknown[];
}

/** What is written into columns. */
export type SqliteValue = string | number | null;

/** The part of an open database that the three have in common. */
export interface SqliteConnection {
  exec(sql: string): unknown;
  prepare(sql: string): SqliteStatement;
  close(): unknown;
}

/** The drivers that are known by name, in the order in which they are tried. */
export type SqliteDriverName = 'node:sqlite' | 'libsql' | 'better-sqlite3';

/** Opens files. Anything with the same calls as the three known drivers will do. */
export interface SqliteDriver {
  readonly name: string;
  open(file: string): SqliteConnection;
}

type Open = new (file: string) => SqliteConnection;

/** Node's own comes first: nothing to install. */
const exportNames: Readonly<Record<SqliteDriverName, string>> = {
  'node:sqlite': 'DatabaseSync',
  libsql: 'default',
  'better-sqlite3': 'default',
};

/** Every name that `driver` takes. */
export const sqliteDriverNames: readonly SqliteDriverName[] = ['node:sqlite', 'libsql', 'better-sqlite3'];

/**
 * Loads a driver: the named one, or the first that is there.
 *
 * @throws SyncError `sync/inbox-failed` with the ways out when there is none.
 */
export async function loadSqliteDriver(name?: SqliteDriverName): Promise<SqliteDriver> {
  const failures: unknown[] = [];
  for (const candidate of name ? [name] : sqliteDriverNames) {
    try {
      return await load(candidate);
    } catch (cause) {
      failures.push(cause);
    }
  }
  const tried = name ? `the driver ${name} cannot be loaded` : 'no SQLite driver is there';
  throw new SyncError(
    'sync/inbox-failed',
    `openSqliteInbox: ${tried} (Node ${nodeVersion()}). Ways out: use Node 22.13 or newer, which brings node:sqlite; ` +
      'or npm install libsql (prebuilt, any Node from 20 on); or npm install better-sqlite3. ' +
      `What was tried: ${failures.map((failure) => firstLine(failure)).join('; ')}.`,
    { cause: new AggregateError(failures) },
  );
}

async function load(name: SqliteDriverName): Promise<SqliteDriver> {
  // A name that bundlers cannot see: they would take the optional drivers in, or cut `node:` off.
  const specifier: string = name;
  const exported: Readonly<Record<string, unknown>> = await import(/* @vite-ignore */ specifier);
  const constructor = exported[exportNames[name]];
  if (typeof constructor !== 'function') throw new Error(`${name} does not export ${exportNames[name]}`);
  const Database = constructor as Open; // What the driver's documentation says of this export.
  return { name, open: (file) => new Database(file) };
}

function nodeVersion(): string {
  const { process } = globalThis as { process?: { readonly version?: string } }; // This package is typed without Node.
  return process?.version ?? 'of unknown version';
}

function firstLine(failure: unknown): string {
  return String(failure instanceof Error ? failure.message : failure).split('\n', 1)[0] ?? '';
}
