import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InboxEntry } from '@hubex-kit/receiver';
import { parseDelivery } from '@hubex-kit/receiver';
import { afterAll, describe, expect, test } from 'vitest';
import { createMemoryInbox } from './memory-inbox.ts';
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

let files = 0;
interface Engine {
  readonly name: string;
  readonly durable: boolean;
  /** Opens what has the name, or makes it. */
  open(name: string): Promise<SyncInbox>;
}

const require = createRequire(import.meta.url);
const hasNodeSqlite = require('node:module').builtinModules.includes('node:sqlite') || process.versions.node >= '22.13';
const drivers = [...(hasNodeSqlite ? (['node:sqlite'] as const) : []), 'libsql' as const];
const engines: readonly Engine[] = [
  { name: 'memory', durable: false, open: async () => createMemoryInbox() },
  ...drivers.map((driver) => ({
    name: driver,
    durable: true,
    open: (name: string) => openSqliteInbox({ file: join(folder, `${driver.replace(':', '-')}-${name}.db`), driver }),
  })),
];

describe.each(engines)('an inbox on $name', ({ open }) => {
  const fresh = (): Promise<SyncInbox> => open(`inbox-${files++}`);

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
    expect((await inbox.records({}, 2)).at(-1)?.text).toBe('a\uFFFDb');
  });
});

describe.each(engines.filter(({ durable }) => durable))('a durable inbox on $name', ({ open }) => {
  test('has everything after it was closed and opened again', async () => {
    const name = `again-${files++}`;
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
    const { findDriver } = await import('./sqlite-driver.ts');
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
    expect(await inbox.counts()).toMatchObject({ records: 1 });
    limit(1_000_000);
    await inbox.store(big);
    expect(await inbox.counts()).toMatchObject({ records: 2, quarantined: 1 });
  });

  test('refuses a file of a newer version, and a driver it does not know, by name', async () => {
    const { findDriver } = await import('./sqlite-driver.ts');
    const file = join(folder, 'newer.db');
    const database = (await findDriver())(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    await expect(openSqliteInbox(file)).rejects.toThrow(/newer version/);
    await expect(openSqliteInbox({ file, driver: 'sqlite9' as never })).rejects.toThrow(/npm install libsql/); // wrong on purpose
  });

  test('refuses to write after close', async () => {
    const inbox = await openSqliteInbox(join(folder, 'closed.db'));
    await inbox.close();
    await inbox.close();
    await expect(inbox.store(delivery(1))).rejects.toThrow(/is closed/);
  });
});
