import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import type { InboxEntry } from '@hubex-kit/receiver';
import { parseDelivery } from '@hubex-kit/receiver';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMemoryInbox } from './memory-inbox.ts';
import { openPostgresInbox } from './postgres-inbox.ts';
import { findDriver, type SqliteDatabase, type SqliteDriver } from './sqlite-driver.ts';
import { openSqliteInbox } from './sqlite-inbox.ts';
import type { Mark, SyncInbox } from './sync-inbox.ts';

const folder = mkdtempSync(join(tmpdir(), 'hubex-inbox-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function delivery(assetId: number | null, eventId = 41, receivedAt = 1_000): InboxEntry {
  const event = parseDelivery({ TenantID: 105, AssetID: assetId, EventID: eventId });
  if (event.name === 'junk') throw new Error('the test made junk');
  return { kind: 'event', event, receivedAt };
}

const junk: InboxEntry = { kind: 'junk', reason: 'body', text: 'мусор', receivedAt: 5 };
const key = (assetId: number): { tenantId: number; assetId: number } => ({ tenantId: 105, assetId });

/** PGlite takes seconds to start and one connection at a time: one for the whole file. */
const postgres = { stop: async (): Promise<void> => undefined };
let started: Promise<Pool> | undefined;
function pool(): Promise<Pool> {
  started ??= startPostgres();
  return started;
}
async function startPostgres(): Promise<Pool> {
  const db = await PGlite.create();
  const server = new PGLiteSocketServer({ db, port: 0, host: '127.0.0.1' });
  await server.start();
  const pg = new Pool({ connectionString: `postgres://postgres@${server.getServerConn()}/postgres`, max: 1 });
  postgres.stop = async () => {
    await pg.end();
    await server.stop();
    await db.close();
  };
  return pg;
}
beforeAll(() => pool(), 60_000);
afterAll(() => postgres.stop());

let files = 0;
interface Engine {
  readonly name: string;
  readonly durable: boolean;
  /** Opens what has the name, or makes it. */
  open(name: string): Promise<SyncInbox>;
}

type DriverName = 'node:sqlite' | 'libsql' | 'better-sqlite3';
const known: readonly DriverName[] = ['node:sqlite', 'libsql', 'better-sqlite3'];
const found = await Promise.allSettled(known.map((name) => findDriver(name)));
const drivers = known.filter((_, index) => found[index]?.status === 'fulfilled');
const engines: readonly Engine[] = [
  { name: 'memory', durable: false, open: async () => createMemoryInbox() },
  ...drivers.map((driver) => ({
    name: driver,
    durable: true,
    open: (name: string) => openSqliteInbox({ file: join(folder, `${driver.replace(':', '-')}-${name}.db`), driver }),
  })),
  { name: 'postgres', durable: true, open: async (schema) => openPostgresInbox({ pool: await pool(), schema }) },
];

describe.each(engines)('an inbox on $name', ({ name, open }) => {
  // Databases do not keep it; memory keeps what it is given.
  const nul = name === 'memory' ? '\u0000' : '\uFFFD';
  const fresh = (): Promise<SyncInbox> => open(`inbox_${files++}`);

  test('keeps an event with an asset as an open mark', async () => {
    const inbox = await fresh();
    await inbox.store(delivery(7, 40));
    expect(await inbox.open(0, 10)).toMatchObject([{ ...key(7), eventId: 40, source: 'delivery', receivedAt: 1_000 }]);
    const [record] = await inbox.records({}, 10);
    expect(record).toMatchObject({ kind: 'mark', done: false, reason: '' });
    expect(JSON.parse(record?.text ?? '')).toEqual({ TenantID: 105, AssetID: 7, EventID: 40 });
  });

  test('keeps other events and junk, done, and not as marks', async () => {
    const inbox = await fresh();
    await inbox.store(delivery(null, 3));
    await inbox.store(delivery(9, 3));
    await inbox.store(junk);
    expect(await inbox.open(0, 10)).toEqual([]);
    expect(await inbox.records({}, 10)).toMatchObject([
      { kind: 'other', assetId: null, eventId: 3, done: true },
      { kind: 'other', assetId: 9, done: true },
      { kind: 'junk', tenantId: null, assetId: null, eventId: null, text: 'мусор', reason: 'body', done: true },
    ]);
  });

  test('numbers records upwards, also those stored at the same time', async () => {
    const inbox = await fresh();
    await Promise.all(Array.from({ length: 100 }, (_, index) => inbox.store(delivery(index + 1))));
    const sequences = (await inbox.open(0, 1_000)).map(({ sequence }) => sequence);
    expect(new Set(sequences).size).toBe(100);
    expect([...sequences].sort((a, b) => a - b)).toEqual(sequences);
  });

  test('reads open marks on from a sequence, so many at a time', async () => {
    const inbox = await fresh();
    await inbox.mark([key(1), key(2), key(3)], 'replay', 9);
    const first = await inbox.open(0, 2);
    expect(first.map(({ assetId }) => assetId)).toEqual([1, 2]);
    expect(await inbox.open(first[1]?.sequence ?? 0, 2)).toMatchObject([
      { assetId: 3, source: 'replay', eventId: null },
    ]);
  });

  test('closes the marks of a key up to a sequence and no others', async () => {
    const inbox = await fresh();
    for (const assetId of [1, 2, 1, 1]) await inbox.store(delivery(assetId));
    const marks = await inbox.open(0, 10);
    await inbox.finish(key(1), marks[2]?.sequence ?? 0, { digest: 'a' });
    expect(await inbox.open(0, 10)).toEqual([marks[1], marks[3]]);
  });

  test('does not mix tenants up', async () => {
    const inbox = await fresh();
    await inbox.mark(
      [
        { tenantId: 1, assetId: 5 },
        { tenantId: 2, assetId: 5 },
      ],
      'replay',
      1,
    );
    await inbox.finish({ tenantId: 1, assetId: 5 }, 1_000, { digest: 'one' });
    expect(await inbox.open(0, 10)).toMatchObject([{ tenantId: 2 }]);
    expect([...(await inbox.snapshots({ tenantId: 2, above: 0, through: 10 }))]).toEqual([]);
  });

  test('keeps, replaces and removes snapshots, and reads them by range in id order', async () => {
    const inbox = await fresh();
    for (const assetId of [30, 10, 20]) await inbox.finish(key(assetId), 0, { digest: `d${assetId}` });
    await inbox.finish(key(20), 0, { digest: 'new' });
    await inbox.finish(key(30), 0, undefined);
    expect([...(await inbox.snapshots({ tenantId: 105, above: 0, through: 100 }))]).toEqual([
      [10, { digest: 'd10' }],
      [20, { digest: 'new' }],
    ]);
    expect([...(await inbox.snapshots({ tenantId: 105, above: 10, through: 20 })).keys()]).toEqual([20]);
  });

  test('finds records by kind, time, asset, event and position', async () => {
    const inbox = await fresh();
    await inbox.store(delivery(1, 40, 100));
    await inbox.store(delivery(1, 41, 200));
    await inbox.store(delivery(2, 41, 300));
    await inbox.store(junk);
    const ids = async (filter: Parameters<SyncInbox['records']>[0]): Promise<unknown> =>
      (await inbox.records(filter, 10)).map(({ receivedAt }) => receivedAt);
    expect(await ids({ since: 200 })).toEqual([200, 300]);
    expect(await ids({ assetId: 1 })).toEqual([100, 200]);
    expect(await ids({ eventId: 41, assetId: 2 })).toEqual([300]);
    expect(await ids({ kind: 'junk' })).toEqual([5]);
    const [first] = await inbox.records({}, 1);
    expect(await ids({ after: first?.sequence ?? 0, kind: 'mark' })).toEqual([200, 300]);
  });

  test('counts keys that wait, records and junk, and knows the oldest', async () => {
    const inbox = await fresh();
    expect(await inbox.counts()).toEqual({ dirty: 0, quarantined: 0, records: 0, oldest: undefined });
    await inbox.store(delivery(1, 40, 700));
    await inbox.store(delivery(1, 41, 600));
    await inbox.store(delivery(2, 41, 800));
    await inbox.store(junk);
    expect(await inbox.counts()).toMatchObject({ dirty: 2, quarantined: 1, records: 4 });
    await inbox.finish(key(1), 1_000, undefined);
    expect(await inbox.counts()).toMatchObject({ dirty: 1, oldest: 800 });
  });

  test('keeps, replaces and removes named values', async () => {
    const inbox = await fresh();
    expect(await inbox.read('cursor')).toBeUndefined();
    await inbox.write('cursor', 'а1');
    await inbox.write('cursor', 'а2');
    expect(await inbox.read('cursor')).toBe('а2');
    await inbox.write('cursor', undefined);
    expect(await inbox.read('cursor')).toBeUndefined();
  });

  test('lets one claim a name', async () => {
    const inbox = await fresh();
    const won = await Promise.all(Array.from({ length: 5 }, (_, index) => inbox.claim('job', `${index}`)));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await inbox.read('job')).toBe(`${won.indexOf(true)}`);
  });

  test('forgets old records that are done, and nothing that is open', async () => {
    const inbox = await fresh();
    await inbox.store(delivery(1, 41, 10));
    await inbox.store(delivery(2, 41, 10));
    await inbox.store(delivery(3, 41, 99));
    for (const assetId of [1, 3]) await inbox.finish(key(assetId), 1_000, undefined);
    expect(await inbox.prune(50)).toBe(1);
    expect((await inbox.records({}, 10)).map(({ assetId }) => assetId)).toEqual([2, 3]);
    expect(await inbox.prune(50)).toBe(0);
  });

  test('tells its listener of marks once they are kept, and nobody after that', async () => {
    const inbox = await fresh();
    const heard: Mark[] = [];
    inbox.listen((marks) => heard.push(...marks));
    await inbox.store(delivery(1));
    await inbox.store(junk);
    await inbox.mark([key(2)], 'reconcile', 3);
    await inbox.open(0, 1);
    expect(heard).toMatchObject([{ assetId: 1 }, { assetId: 2, source: 'reconcile' }]);
    expect(heard.map(({ sequence }) => sequence)).toEqual((await inbox.open(0, 10)).map(({ sequence }) => sequence));
    inbox.listen(undefined);
    await inbox.store(delivery(3));
    expect(heard).toHaveLength(2);
  });

  test('keeps long and odd texts as they are, but for NUL, which databases do not keep', async () => {
    const inbox = await fresh();
    const text = `"'\\\n 😀 ${'я'.repeat(100_000)}`;
    await inbox.store({ kind: 'junk', reason: "it's odd", text, receivedAt: 1 });
    expect(await inbox.records({}, 1)).toMatchObject([{ text, reason: "it's odd" }]);
    await inbox.store({ kind: 'junk', reason: 'body', text: 'a\u0000b', receivedAt: 1 });
    expect((await inbox.records({}, 2)).at(-1)?.text).toBe(`a${nul}b`);
  });

  test('folds nothing: every delivery of an asset is a mark of its own, and one finish closes them all', async () => {
    const inbox = await fresh();
    for (let index = 0; index < 5; index++) await inbox.store(delivery(1));
    const marks = await inbox.open(0, 10);
    expect(marks).toHaveLength(5);
    expect(await inbox.counts()).toMatchObject({ dirty: 1, records: 5 });
    await inbox.finish(key(1), marks.at(-1)?.sequence ?? 0, { digest: 'a' });
    expect(await inbox.open(0, 10)).toEqual([]);
    expect((await inbox.records({}, 10)).map(({ done }) => done)).toEqual([true, true, true, true, true]);
  });

  test('leaves a mark open that came while the asset was worked on', async () => {
    const inbox = await fresh();
    await inbox.store(delivery(1));
    const [worked] = await inbox.open(0, 10);
    await inbox.store(delivery(1));
    await inbox.finish(key(1), worked?.sequence ?? 0, { digest: 'a' });
    expect(await inbox.open(0, 10)).toHaveLength(1);
    expect(await inbox.counts()).toMatchObject({ dirty: 1 });
  });

  test('finishes an asset that has no marks, and does it twice', async () => {
    const inbox = await fresh();
    await inbox.finish(key(1), 0, { digest: 'a' });
    await inbox.finish(key(1), 0, { digest: 'a' });
    expect(await inbox.snapshots({ tenantId: 105, above: 0, through: 1 })).toEqual(new Map([[1, { digest: 'a' }]]));
  });

  test('reads all snapshots through Infinity', async () => {
    const inbox = await fresh();
    await inbox.finish(key(2_147_483_647), 0, { digest: 'a' });
    const range = { tenantId: 105, above: -1, through: Number.POSITIVE_INFINITY };
    expect([...(await inbox.snapshots(range)).keys()]).toEqual([2_147_483_647]);
  });

  test('keeps the digest of nothing, which is not no snapshot', async () => {
    const inbox = await fresh();
    await inbox.finish(key(1), 0, { digest: '' });
    expect((await inbox.snapshots({ tenantId: 105, above: 0, through: 1 })).size).toBe(1);
  });

  test('opens no marks when there are no keys', async () => {
    const inbox = await fresh();
    await inbox.mark([], 'reconcile', 1);
    expect(await inbox.counts()).toMatchObject({ dirty: 0, records: 0 });
  });

  test('opens thousands of marks in one call, in the order of the keys', async () => {
    const inbox = await fresh();
    await inbox.mark(
      Array.from({ length: 3_000 }, (_, index) => key(3_000 - index)),
      'reconcile',
      7,
    );
    const marks = await inbox.open(0, 10_000);
    expect(marks.map(({ assetId }) => assetId)).toEqual(Array.from({ length: 3_000 }, (_, index) => 3_000 - index));
    expect(new Set(marks.map(({ receivedAt }) => receivedAt))).toEqual(new Set([7]));
  });

  test('keeps unknown fields, spelling and Unicode of a delivery', async () => {
    const inbox = await fresh();
    const payload = { tenantid: 105, ASSETID: 1, EventID: 41, Новое: { имя: 'Насос №1 😀\u0000\ud800' } };
    const event = parseDelivery(JSON.stringify(payload));
    if (event.name === 'junk') throw new Error('the test made junk');
    await inbox.store({ kind: 'event', event, receivedAt: 1 });
    const [record] = await inbox.records({}, 1);
    expect(JSON.parse(record?.text ?? '')).toEqual(payload);
  });

  test('keeps a delivery without an EventID', async () => {
    const inbox = await fresh();
    const event = parseDelivery({ TenantID: 105 });
    if (event.name === 'junk') throw new Error('the test made junk');
    await inbox.store({ kind: 'event', event, receivedAt: 1 });
    expect(await inbox.records({}, 1)).toMatchObject([{ kind: 'other', tenantId: 105, assetId: null, eventId: null }]);
  });

  test('keeps a reason that quotes a body with NUL in it', async () => {
    const inbox = await fresh();
    await inbox.store({ kind: 'junk', reason: 'Unexpected token \u0000', text: '\u0000', receivedAt: 1 });
    expect(await inbox.records({ kind: 'junk' }, 1)).toMatchObject([{ reason: `Unexpected token ${nul}` }]);
  });

  test('keeps milliseconds of today and of tomorrow as they are', async () => {
    const inbox = await fresh();
    await inbox.store(delivery(1, 41, 4_102_444_800_123));
    expect(await inbox.open(0, 1)).toMatchObject([{ receivedAt: 4_102_444_800_123 }]);
  });

  test('reads records on from a sequence until there are none', async () => {
    const inbox = await fresh();
    for (let index = 1; index <= 5; index++) await inbox.store(delivery(index));
    const read: unknown[] = [];
    for (let after = 0; ; ) {
      const page = await inbox.records({ after }, 2);
      read.push(...page.map(({ assetId }) => assetId));
      const last = page.at(-1);
      if (!last) break;
      after = last.sequence;
    }
    expect(read).toEqual([1, 2, 3, 4, 5]);
  });

  test('never uses a sequence twice, even if the newest record was forgotten', async () => {
    const inbox = await fresh();
    await inbox.store(junk);
    const [first] = await inbox.records({}, 1);
    expect(await inbox.prune(1_000)).toBe(1);
    await inbox.store(junk);
    const [second] = await inbox.records({}, 1);
    expect(second?.sequence).toBeGreaterThan(first?.sequence ?? 0);
  });

  test('forgets more than a thousand records in one go', async () => {
    const inbox = await fresh();
    await Promise.all(Array.from({ length: 2_500 }, () => inbox.store(junk)));
    expect(await inbox.prune(6)).toBe(2_500);
    expect(await inbox.counts()).toMatchObject({ records: 0, quarantined: 0 });
  });

  test('stores while it finishes, marks, claims and forgets', async () => {
    const inbox = await fresh();
    await inbox.store(junk);
    const [, , , claimed, pruned] = await Promise.all([
      inbox.store(delivery(1)),
      inbox.finish(key(9), 0, { digest: 'a' }),
      inbox.mark([key(2)], 'replay', 1),
      inbox.claim('a', '1'),
      inbox.prune(100),
    ]);
    expect([claimed, pruned]).toEqual([true, 1]);
    expect((await inbox.open(0, 9)).map(({ assetId }) => assetId).sort()).toEqual([1, 2]);
  });

  test('claims again what was removed', async () => {
    const inbox = await fresh();
    expect(await inbox.claim('a', '1')).toBe(true);
    expect(await inbox.claim('a', '2')).toBe(false);
    await inbox.write('a', undefined);
    expect(await inbox.claim('a', '3')).toBe(true);
    expect(await inbox.read('a')).toBe('3');
  });

  test('keeps an empty value, and names of any kind', async () => {
    const inbox = await fresh();
    const name = `once:"'; drop table records; -- 😀`;
    await inbox.write(name, '');
    expect(await inbox.read(name)).toBe('');
    expect(await inbox.read(`${name} `)).toBeUndefined();
  });

  test('tells only the last listener', async () => {
    const inbox = await fresh();
    const heard: string[] = [];
    inbox.listen(() => heard.push('first'));
    inbox.listen(() => heard.push('last'));
    await inbox.store(delivery(1));
    expect(heard).toEqual(['last']);
  });

  test('rejects a payload that is no JSON, and keeps what is stored beside it', async () => {
    const inbox = await fresh();
    const good = delivery(1);
    const payload: Record<string, unknown> = { TenantID: 105, AssetID: 2, EventID: 41 };
    payload.self = payload;
    const event = parseDelivery(payload);
    if (event.name === 'junk') throw new Error('the test made junk');
    const outcomes = await Promise.allSettled([
      inbox.store(good),
      inbox.store({ kind: 'event', event, receivedAt: 1 }),
      inbox.store(good),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await inbox.counts()).toMatchObject({ records: 2 });
  });

  test('closes twice', async () => {
    const inbox = await fresh();
    await inbox.close();
    await inbox.close();
  });
});

describe.each(engines.filter(({ durable }) => durable))('a durable inbox on $name', ({ open }) => {
  test('is the same for two who have it open', async () => {
    const name = `shared_${files++}`;
    const [one, two] = await Promise.all([open(name), open(name)]);
    await Promise.all(Array.from({ length: 40 }, (_, index) => (index % 2 ? one : two).store(delivery(index + 1))));
    expect((await one.open(0, 100)).length).toBe(40);
    expect(await one.open(0, 100)).toEqual(await two.open(0, 100));
    const claims = await Promise.all([one.claim('a', '1'), two.claim('a', '2')]);
    expect(claims.filter(Boolean)).toHaveLength(1);
    await one.close();
    expect(await two.read('a')).toBe(claims[0] ? '1' : '2');
  });

  test('resolves although the listener throws, since the mark is kept', async () => {
    const inbox = await open(`throws_${files++}`);
    inbox.listen(() => {
      throw new Error('listener');
    });
    await inbox.store(delivery(1));
    expect(await inbox.open(0, 1)).toHaveLength(1);
  });

  test('rejects everything after close', async () => {
    const inbox = await open(`closed_${files++}`);
    await inbox.close();
    for (const call of [
      () => inbox.store(delivery(1)),
      () => inbox.open(0, 1),
      () => inbox.counts(),
      () => inbox.claim('a', '1'),
    ])
      await expect(call()).rejects.toMatchObject({
        code: 'sync/inbox-failed',
        message: expect.stringMatching('is closed'),
      });
  });

  test('has everything after it was closed and opened again', async () => {
    const name = `again_${files++}`;
    const inbox = await open(name);
    await inbox.store(delivery(1));
    await inbox.store(delivery(2));
    await inbox.finish(key(1), 1, { digest: 'x' });
    await inbox.write('cursor', '5');
    // The promise of this one is settled by close.
    const last = inbox.store(delivery(3));
    await inbox.close();
    await last;
    const again = await open(name);
    expect((await again.open(0, 10)).map(({ assetId }) => assetId)).toEqual([2, 3]);
    expect([...(await again.snapshots({ tenantId: 105, above: 0, through: 9 })).keys()]).toEqual([1]);
    expect(await again.read('cursor')).toBe('5');
    await again.store(delivery(4));
    expect((await again.open(0, 10)).at(-1)?.sequence).toBeGreaterThan(3);
  });
});

describe('the SQLite inbox', () => {
  test('says 503 by rejecting when the disk is full, keeps nothing by halves, and recovers', async () => {
    const openDatabase = await findDriver();
    let limit: (pages: number) => void = () => undefined;
    const inbox = await openSqliteInbox({
      file: join(folder, 'full.db'),
      driver(file) {
        const database = openDatabase(file);
        limit = (pages) => void database.exec(`PRAGMA max_page_count = ${pages}`);
        return database;
      },
    });
    let refusals = 0;
    inbox.listen(undefined, () => refusals++);
    await inbox.store(delivery(1));
    limit(1);
    const big: InboxEntry = { kind: 'junk', reason: 'big', text: 'x'.repeat(1_000_000), receivedAt: 1 };
    const outcomes = await Promise.allSettled([inbox.store(delivery(2)), inbox.store(big)]);
    expect(outcomes).toMatchObject([
      {
        status: 'rejected',
        reason: { code: 'sync/inbox-failed', message: expect.stringMatching(/full.*disk has room/) },
      },
      { status: 'rejected' },
    ]);
    expect([(await inbox.counts()).records, refusals]).toEqual([1, 2]);
    limit(1_000_000);
    await inbox.store(big);
    expect(await inbox.counts()).toMatchObject({ records: 2, quarantined: 1 });
  });

  test('refuses a file of a newer version, and a driver it does not know, by name', async () => {
    const file = join(folder, 'newer.db');
    const database = (await findDriver())(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    await expect(openSqliteInbox(file)).rejects.toThrow(/newer version/);
    await expect(openSqliteInbox({ file, driver: 'sqlite9' as never })).rejects.toThrow(/npm install libsql/); // wrong on purpose
    const misspelt = { file, drivr: 'libsql' };
    await expect(openSqliteInbox(misspelt)).rejects.toThrow(/no option drivr; did you mean driver\?/);
    await expect(openSqliteInbox('')).rejects.toMatchObject({ code: 'sync/bad-option' });
  });

  test('refuses the database of something else, a file that is none, memory and a missing folder, by name', async () => {
    const foreign = join(folder, 'foreign.db');
    const database = (await findDriver())(foreign);
    database.exec('create table users (id integer)');
    database.close();
    await expect(openSqliteInbox(foreign)).rejects.toThrow(/something else.*file of its own/);
    const noDatabase = join(folder, 'none.db');
    writeFileSync(noDatabase, 'nothing like a database '.repeat(100));
    await expect(openSqliteInbox(noDatabase)).rejects.toThrow(/no SQLite database/);
    await expect(openSqliteInbox(':memory:')).rejects.toThrow(/journal mode.*createMemoryInbox/);
    await expect(openSqliteInbox(join(folder, 'missing', 'a.db'))).rejects.toThrow(/directory must exist/);
  });

  test('rejects while somebody else writes for long, keeps nothing by halves, and recovers', async () => {
    const file = join(folder, 'busy.db');
    const open = await findDriver();
    const inbox = await openSqliteInbox({ file, driver: impatient(open) });
    const other = open(file);
    other.exec('begin immediate');
    await expect(Promise.all([inbox.store(delivery(1)), inbox.store(delivery(2))])).rejects.toThrow(/another process/);
    other.exec('rollback');
    await inbox.store(delivery(3));
    expect((await inbox.open(0, 9)).map(({ assetId }) => assetId)).toEqual([3]);
    other.close();
  });

  test('stores what comes in one turn in one transaction, with one call of the listener', async () => {
    const statements: string[] = [];
    const open = await findDriver();
    const inbox = await openSqliteInbox({ file: join(folder, 'group.db'), driver: overheard(open, statements) });
    statements.length = 0;
    const heard: number[] = [];
    inbox.listen((marks) => heard.push(marks.length));
    await Promise.all(Array.from({ length: 50 }, (_, index) => inbox.store(delivery(index + 1))));
    expect(statements).toEqual(['begin immediate', 'commit']);
    expect(heard).toEqual([50]);
  });

  test('fsyncs every commit', async () => {
    let database: SqliteDatabase | undefined;
    const open = await findDriver();
    await openSqliteInbox({
      file: join(folder, 'pragmas.db'),
      driver(file) {
        database = open(file);
        return database;
      },
    });
    expect(database?.prepare('pragma journal_mode').get()).toMatchObject({ journal_mode: 'wal' });
    expect(database?.prepare('pragma synchronous').get()).toMatchObject({ synchronous: 2 });
  });

  test('finds open marks through an index, however long the history is', async () => {
    const file = join(folder, 'plan.db');
    await (await openSqliteInbox(file)).close();
    const database = (await findDriver())(file);
    const plan = (sql: string): string => JSON.stringify(database.prepare(`explain query plan ${sql}`).all());
    expect(plan('select source from records where done = 0 and sequence > 5 order by sequence limit 9')).toContain(
      'USING INDEX records_open ',
    );
    expect(
      plan('update records set done = 1 where done = 0 and tenant_id = 1 and asset_id = 2 and sequence <= 3'),
    ).toContain('USING INDEX records_open_keys ');
    database.close();
  });
});

describe('the Postgres inbox', () => {
  test('rejects when a statement fails, keeps nothing by halves, and recovers', async () => {
    const real = await pool();
    let broken = false;
    const query = (text: string, values?: unknown[]): Promise<{ rows: unknown[] }> =>
      broken ? Promise.reject(new Error('could not extend file: No space left on device')) : real.query(text, values);
    const inbox = await openPostgresInbox({ pool: { query }, schema: 'broken' });
    let refusals = 0;
    inbox.listen(undefined, () => refusals++);
    await inbox.store(delivery(1));
    broken = true;
    const outcomes = await Promise.allSettled([inbox.store(delivery(2)), inbox.store(delivery(3))]);
    expect(outcomes).toMatchObject([
      { status: 'rejected', reason: { code: 'sync/inbox-failed', message: expect.stringMatching('No space left') } },
      { status: 'rejected' },
    ]);
    expect(refusals).toBe(2);
    broken = false;
    await inbox.store(delivery(4));
    expect((await inbox.open(0, 9)).map(({ assetId, sequence }) => [assetId, sequence])).toEqual([
      [1, 1],
      [4, 2],
    ]);
  });

  test('appends in one statement what comes while another append runs', async () => {
    const real = await pool();
    const statements: string[] = [];
    const query = (text: string, values?: unknown[]): Promise<{ rows: unknown[] }> => {
      statements.push(text);
      return real.query(text, values);
    };
    const inbox = await openPostgresInbox({ pool: { query }, schema: 'batch' });
    statements.length = 0;
    const first = inbox.store(delivery(1));
    await Promise.resolve().then(() => undefined);
    await Promise.all([first, ...Array.from({ length: 50 }, (_, index) => inbox.store(delivery(index + 2)))]);
    expect(statements).toHaveLength(2);
    expect(await inbox.counts()).toMatchObject({ records: 51 });
  });

  test('refuses tables of a newer version, a server that acknowledges too early, and a wrong schema name', async () => {
    const real = await pool();
    await openPostgresInbox({ pool: real, schema: 'newer' });
    await real.query('update newer.counter set version = 99');
    await expect(openPostgresInbox({ pool: real, schema: 'newer' })).rejects.toThrow(/newer version/);
    await real.query('set synchronous_commit = off');
    await expect(openPostgresInbox({ pool: real })).rejects.toThrow(/synchronous_commit is off/);
    await real.query('reset synchronous_commit');
    await expect(openPostgresInbox({ pool: real, schema: 'a"b' })).rejects.toMatchObject({ code: 'sync/bad-option' });
    await expect(openPostgresInbox({ connectionString: '' })).rejects.toMatchObject({ code: 'sync/bad-option' });
  });
});

/** The driver, but for the five seconds of patience. */
function impatient(open: SqliteDriver): SqliteDriver {
  return (file) => {
    const database = open(file);
    const exec = (sql: string): unknown => database.exec(sql.replace('busy_timeout = 5000', 'busy_timeout = 0'));
    return { exec, prepare: (sql) => database.prepare(sql), close: () => database.close() };
  };
}

/** The driver, and what was executed through it. */
function overheard(open: SqliteDriver, statements: string[]): SqliteDriver {
  return (file) => {
    const database = open(file);
    const exec = (sql: string): unknown => {
      statements.push(sql);
      return database.exec(sql);
    };
    return { exec, prepare: (sql) => database.prepare(sql), close: () => database.close() };
  };
}
