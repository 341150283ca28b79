import { SyncError } from '../sync-error.ts';

/** What can be asked: a pg.Pool or pg.Client, PGlite, or a few lines around any other driver. */
export interface PostgresClient {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: unknown[] }>;
}

const schemaVersion = 1;

/** The names of the tables, ready for SQL. */
export interface PostgresTables {
  readonly schema: string;
  readonly records: string;
  readonly snapshots: string;
  readonly namedValues: string;
  readonly counter: string;
}

/** The tables inside a schema. */
export function postgresTables(schema: string): PostgresTables {
  if (schema === '' || /[\0"]/.test(schema))
    throw new SyncError('sync/bad-option', 'openPostgresInbox: schema must be a name without quotes, such as hubex.');
  const quoted = `"${schema}"`;
  const inside = (table: string): string => `${quoted}.${table}`;
  return {
    schema: quoted,
    records: inside('records'),
    snapshots: inside('snapshots'),
    namedValues: inside('named_values'),
    counter: inside('counter'),
  };
}

/** Makes the tables if they are not there, and refuses a database in which a commit would not be durable. */
export async function preparePostgres(client: PostgresClient, tables: PostgresTables): Promise<void> {
  const [row] = await rows<{ found: boolean; durable: string }>(
    client,
    `select to_regclass($1) is not null as found, current_setting('synchronous_commit') as durable`,
    [tables.counter],
  );
  if (row?.durable === 'off')
    throw new SyncError(
      'sync/inbox-failed',
      'openPostgresInbox: synchronous_commit is off, so a crash of the server would lose deliveries that were acknowledged; ' +
        'turn it on for this user: alter role … set synchronous_commit = on.',
    );
  // Looked for first: whoever has no right to create may still use what is there.
  if (!row?.found) await client.query(createTables(tables));
  const [counter] = await rows<{ version: number }>(client, `select version from ${tables.counter}`);
  if (counter && counter.version > schemaVersion)
    throw new SyncError(
      'sync/inbox-failed',
      `openPostgresInbox: the schema ${tables.schema} was made by a newer version of @hubex-kit/sync (${counter.version}, this one knows ` +
        `${schemaVersion}); update the package.`,
    );
}

/** Asks, and trusts the rows to have the columns that the statement names. */
export async function rows<Row>(client: PostgresClient, text: string, values?: unknown[]): Promise<Row[]> {
  const answer = await client.query(text, values);
  return answer.rows as Row[]; // See above.
}

/** One statement, so that it is one transaction through any driver; the lock because processes may start together. */
function createTables({ schema, records, snapshots, namedValues, counter }: PostgresTables): string {
  return `do $create$ begin
perform pg_advisory_xact_lock(hashtext('hubex-kit/sync'));
create schema if not exists ${schema};
create table if not exists ${records} (
  sequence bigint primary key,
  kind text not null,
  source text not null,
  tenant_id bigint,
  asset_id bigint,
  event_id bigint,
  received_at bigint not null,
  done boolean not null,
  reason text not null,
  text text not null
);
create index if not exists records_open on ${records} (sequence) where not done;
create index if not exists records_open_keys on ${records} (tenant_id, asset_id, sequence) where not done;
create index if not exists records_junk on ${records} (sequence) where kind = 'junk';
create index if not exists records_received on ${records} (received_at);
create table if not exists ${snapshots} (
  tenant_id bigint not null,
  asset_id bigint not null,
  digest text not null,
  primary key (tenant_id, asset_id)
);
create table if not exists ${namedValues} (name text primary key, value text not null);
create table if not exists ${counter} (
  id integer primary key default 1 check (id = 1),
  sequence bigint not null,
  version integer not null
);
insert into ${counter} (sequence, version) values (0, ${schemaVersion}) on conflict do nothing;
end $create$`;
}
