import { SyncError } from '../sync-error.ts';
import type { PostgresClient } from './postgres-schema.ts';

/** A pool that the inbox has made, and ends. */
export interface OwnPool extends PostgresClient {
  on(event: 'error', listener: () => void): unknown;
  end(): Promise<void>;
}

type PoolConstructor = new (options: { readonly connectionString: string; readonly max: number }) => OwnPool;

/** A pg.Pool for the address; undefined without one. pg is loaded here only: it is optional. */
export async function openPool(connectionString: string | undefined): Promise<OwnPool | undefined> {
  if (!connectionString) return undefined;
  // A name that bundlers cannot see.
  const specifier: string = 'pg';
  let pg: { readonly Pool?: PoolConstructor; readonly default?: { readonly Pool: PoolConstructor } };
  try {
    pg = await import(/* @vite-ignore */ specifier);
  } catch (cause) {
    throw new SyncError(
      'sync/inbox-failed',
      'openPostgresInbox: the driver pg cannot be loaded. npm install pg, or pass a pool of your own.',
      { cause },
    );
  }
  const Pool = pg.Pool ?? pg.default?.Pool;
  if (!Pool) throw new SyncError('sync/inbox-failed', 'openPostgresInbox: the installed pg has no Pool; update it.');
  const pool = new Pool({ connectionString, max: 4 });
  // An idle connection that breaks would end the process; the next statement opens another, or says what is wrong.
  pool.on('error', () => undefined);
  return pool;
}

/** Turns what a driver throws into an error of this package. */
export function explainPostgres(what: string, cause: unknown): SyncError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new SyncError('sync/inbox-failed', `Postgres: ${what}: ${message}.`, { cause });
}
