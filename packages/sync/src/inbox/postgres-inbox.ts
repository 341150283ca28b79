import { SyncError } from '../sync-error.ts';
import { AppendQueue } from './append-queue.ts';
import { markRecord, type NewRecord, toRecord } from './new-record.ts';
import { explainPostgres, openPool } from './postgres-pool.ts';
import { type PostgresClient, postgresTables, preparePostgres, rows } from './postgres-schema.ts';
import { filterSql, fromRow, markFromRow, type RecordRow, toMark, whole, withoutNul } from './record-fields.ts';
import type { InboxCounts, Mark, SyncInbox } from './sync-inbox.ts';

export type { PostgresClient } from './postgres-schema.ts';

/** Where the inbox is. */
export type PostgresInboxOptions = {
  /** Schema for the tables; it is made if it is not there. Default `hubex`. */
  readonly schema?: string;
} & (
  | {
      /** A pg.Pool, or anything with its `query`. Stays open when the inbox is closed. */
      readonly pool: PostgresClient;
      readonly connectionString?: never;
    }
  | {
      /** The inbox makes a pg.Pool of its own and ends it on close. */
      readonly connectionString: string;
      readonly pool?: never;
    }
);

/**
 * An inbox in Postgres, for receivers that run as several processes or without a disk of their own.
 *
 * Every method is one SQL statement, hence one transaction, also through poolers. Sequences come from a counter row that an append
 * updates in the same statement: its row lock is held until the commit, so sequences become visible in their order and without gaps
 * (a Postgres sequence would let 8 be read before 7), and whoever reads on from the last one misses nothing.
 *
 * A connection that breaks during an append leaves open whether it was committed: it rejects, HubEx sends again, and the asset is
 * marked twice, which does no harm.
 *
 * @throws SyncError `sync/inbox-failed` when the database cannot be used; the message names the way out.
 * @example
 * const inbox = await openPostgresInbox({ connectionString: process.env.DATABASE_URL });
 */
export async function openPostgresInbox(options: PostgresInboxOptions): Promise<SyncInbox> {
  const tables = postgresTables(options.schema ?? 'hubex');
  const { records, snapshots, namedValues, counter } = tables;
  const own = options.pool ? undefined : await openPool(options.connectionString);
  const client = options.pool ?? own;
  if (!client) throw new SyncError('sync/bad-option', 'openPostgresInbox: give it a pool or a connectionString.');
  let closed = false;
  let listener: ((marks: readonly Mark[]) => void) | undefined;
  let refused: (() => void) | undefined;

  const ask = async <Row>(text: string, ...values: unknown[]): Promise<Row[]> => {
    if (closed) throw new SyncError('sync/inbox-failed', 'Postgres: this inbox is closed; open another.');
    try {
      return await rows<Row>(client, text, values);
    } catch (cause) {
      throw explainPostgres('the statement failed', cause);
    }
  };
  const appendSql = `with place as (update ${counter} set sequence = sequence + $1 returning sequence - $1 as start)
    insert into ${records} (sequence, kind, source, tenant_id, asset_id, event_id, received_at, done, reason, text)
    select place.start + new.nth, new.kind, new.source, new.tenant_id, new.asset_id, new.event_id, new.received_at, new.done,
      new.reason, new.text
    from place, unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::boolean[], $9::text[],
      $10::text[]) with ordinality
      as new (kind, source, tenant_id, asset_id, event_id, received_at, done, reason, text, nth)
    returning sequence`;
  const append = async (added: readonly NewRecord[]): Promise<readonly Mark[]> => {
    const column = <Name extends keyof NewRecord>(name: Name): NewRecord[Name][] => added.map((record) => record[name]);
    const ids = [column('tenantId'), column('assetId'), column('eventId'), column('receivedAt').map(whole)];
    const values = [
      column('kind'),
      column('source'),
      ...ids,
      added.map(({ kind }) => kind !== 'mark'),
      // The reason too: what JSON.parse says quotes the body.
      column('reason').map(withoutNul),
      column('text').map(withoutNul),
    ];
    const placed = await ask<{ sequence: string }>(appendSql, added.length, ...values);
    // No gaps: the lowest one tells all.
    const first = placed.reduce((least, { sequence }) => Math.min(least, Number(sequence)), Number.POSITIVE_INFINITY);
    return added.flatMap((record, index) => toMark(record, first + index) ?? []);
  };
  const queue = new AppendQueue(append, (marks) => listener?.(marks));

  try {
    await preparePostgres(client, tables);
  } catch (cause) {
    await own?.end();
    throw cause instanceof SyncError ? cause : explainPostgres('the inbox could not be opened', cause);
  }

  return {
    async store(entry) {
      try {
        await queue.add([toRecord(entry)]);
      } catch (cause) {
        refused?.();
        throw cause;
      }
    },
    async mark(keys, source, receivedAt) {
      if (keys.length > 0) await queue.add(keys.map((key) => markRecord(key, source, receivedAt)));
    },
    listen(next, onRefused) {
      listener = next;
      refused = onRefused;
    },
    async open(after, limit) {
      const sql = `select sequence, source, tenant_id, asset_id, event_id, received_at from ${records}
        where not done and sequence > $1 order by sequence limit $2`;
      return (await ask<RecordRow>(sql, whole(after), whole(limit))).map(markFromRow);
    },
    async finish({ tenantId, assetId }, through, snapshot) {
      const closing = `with closed as (update ${records} set done = true
        where not done and tenant_id = $1 and asset_id = $2 and sequence <= $3)`;
      const put = `insert into ${snapshots} (tenant_id, asset_id, digest) values ($1, $2, $4)
        on conflict (tenant_id, asset_id) do update set digest = excluded.digest`;
      const drop = `delete from ${snapshots} where tenant_id = $1 and asset_id = $2`;
      const key = [tenantId, assetId, whole(through)];
      if (snapshot) await ask(`${closing} ${put}`, ...key, snapshot.digest);
      else await ask(`${closing} ${drop}`, ...key);
    },
    async snapshots({ tenantId, above, through }) {
      const sql = `select asset_id, digest from ${snapshots}
        where tenant_id = $1 and asset_id > $2 and asset_id <= $3 order by asset_id`;
      const found = await ask<{ asset_id: string; digest: string }>(sql, tenantId, whole(above), whole(through));
      return new Map(found.map(({ asset_id, digest }) => [Number(asset_id), { digest }]));
    },
    async records(filter, limit) {
      const { where, values } = filterSql(filter, (index) => `$${index}`);
      const sql = `select * from ${records} where ${where} order by sequence limit $${values.length + 1}`;
      return (await ask<RecordRow>(sql, ...values, whole(limit))).map(fromRow);
    },
    async counts() {
      const [row] = await ask<Record<keyof InboxCounts, string | null>>(
        `select (select count(*) from (select distinct tenant_id, asset_id from ${records} where not done) as keys) as dirty,
        (select count(*) from ${records} where kind = 'junk') as quarantined,
        (select count(*) from ${records}) as records,
        (select received_at from ${records} where not done order by sequence limit 1) as oldest`,
      );
      const { dirty, quarantined, records: total, oldest } = row ?? {};
      return {
        dirty: Number(dirty),
        quarantined: Number(quarantined),
        records: Number(total),
        oldest: oldest == null ? undefined : Number(oldest),
      };
    },
    async read(name) {
      return (await ask<{ value: string }>(`select value from ${namedValues} where name = $1`, name))[0]?.value;
    },
    async write(name, value) {
      if (value === undefined) await ask(`delete from ${namedValues} where name = $1`, name);
      else
        await ask(
          `insert into ${namedValues} values ($1, $2) on conflict (name) do update set value = excluded.value`,
          name,
          value,
        );
    },
    async claim(name, value) {
      const sql = `insert into ${namedValues} values ($1, $2) on conflict do nothing returning name`;
      return (await ask(sql, name, value)).length === 1;
    },
    async prune(before) {
      const sql = `with gone as (delete from ${records} where done and received_at < $1 returning 1)
        select count(*) as pruned from gone`;
      const [row] = await ask<{ pruned: string }>(sql, whole(before));
      return Number(row?.pruned);
    },
    async close() {
      listener = undefined;
      await queue.idle();
      if (closed) return;
      closed = true;
      await own?.end();
    },
  };
}
