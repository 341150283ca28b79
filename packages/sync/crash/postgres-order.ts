import { parseDelivery } from '@hubex-kit/receiver';
import pg from 'pg';
import { openPostgresInbox } from '../src/inbox/postgres-inbox.ts';

// Whether a reader that reads on from the last sequence misses anything while several writers append: needs a server with real
// connections, which PGlite is not. Makes and drops the schema hubex_order.
// npx tsx --conditions=@hubex-kit/source packages/sync/crash/postgres-order.ts postgres://… [writers=8] [deliveries=20000]
const [, , connectionString = '', writersText = '8', deliveriesText = '20000'] = process.argv;
const [writers, deliveries] = [Number(writersText), Number(deliveriesText)];
const schema = 'hubex_order';
const pool = new pg.Pool({ connectionString, max: 4 });

/** Reads on from the last sequence until `written` is over, then once more; returns how many rows it has missed. */
async function missed(
  read: (after: number) => Promise<readonly number[]>,
  all: () => Promise<number>,
  written: Promise<unknown>,
): Promise<{ missed: number; disordered: number; reads: number }> {
  let [over, after, seen, reads, disordered] = [false, 0, 0, 0, 0];
  const end = written.then(() => {
    over = true;
  });
  for (let last = false; !last; reads++) {
    last = over;
    for (const sequence of await read(after)) {
      if (sequence <= after) disordered++;
      after = sequence;
      seen++;
    }
  }
  await end;
  return { missed: (await all()) - seen, disordered, reads };
}

try {
  await pool.query(`drop schema if exists ${schema} cascade`);
  // All at once, into a schema that is not there yet.
  const inboxes = await Promise.all(
    Array.from({ length: writers }, () => openPostgresInbox({ connectionString, schema })),
  );
  const [reader] = inboxes;
  if (!reader) throw new Error('There must be a writer.');
  let sent = 0;
  const work = inboxes.flatMap((inbox) =>
    Array.from({ length: 5 }, async () => {
      while (sent < deliveries) {
        const event = parseDelivery({ TenantID: 105, AssetID: ++sent, EventID: 41 });
        if (event.name !== 'junk') await inbox.store({ kind: 'event', event, receivedAt: 1 });
      }
    }),
  );
  const begun = performance.now();
  const ours = await missed(
    async (after) => (await reader.open(after, 1_000_000)).map(({ sequence }) => sequence),
    async () => (await reader.counts()).records,
    Promise.all(work),
  );
  const perSecond = Math.round((deliveries * 1_000) / (performance.now() - begun));
  const claims = await Promise.all(inboxes.map((inbox, index) => inbox.claim('once', `${index}`)));
  const claimed = claims.filter(Boolean).length;
  process.stdout.write(
    `${JSON.stringify({ numbers: 'counter row', writers, deliveries, ...ours, claimed, perSecond })}\n`,
  );
  await Promise.all(inboxes.map((inbox) => inbox.close()));

  // For comparison, numbers from a sequence of Postgres: the same reader has to miss some.
  await pool.query(`create table ${schema}.plain (sequence bigserial primary key, text text)`);
  const plainPool = new pg.Pool({ connectionString, max: writers });
  let plainSent = 0;
  const plainWork = Array.from({ length: writers }, async () => {
    while (plainSent < deliveries) {
      plainSent += 20;
      await plainPool.query(`insert into ${schema}.plain (text) select 'x' from generate_series(1, 20)`);
    }
  });
  const plain = await missed(
    async (after) => {
      const sql = `select sequence from ${schema}.plain where sequence > $1 order by sequence`;
      const answer = await pool.query<{ sequence: string }>(sql, [after]);
      return answer.rows.map(({ sequence }) => Number(sequence));
    },
    async () => Number((await pool.query(`select count(*) from ${schema}.plain`)).rows[0]?.count),
    Promise.all(plainWork),
  );
  await plainPool.end();
  process.stdout.write(`${JSON.stringify({ numbers: 'sequence', writers, ...plain })}\n`);
  if (ours.missed > 0 || ours.disordered > 0 || claimed !== 1) process.exitCode = 1;
} finally {
  await pool.query(`drop schema if exists ${schema} cascade`);
  await pool.end();
}
