import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InboxEntry } from '@hubex-kit/receiver';
import { findDriver, type SqliteDriver } from '../src/inbox/sqlite-driver.ts';
import { openSqliteInbox } from '../src/inbox/sqlite-inbox.ts';

// Appends a second by driver, one by one and fifty together, beside a bare write and fsync of the same bytes: the limit of the disk.
// npx tsx --conditions=@hubex-kit/source packages/sync/crash/engine-figures.ts [seconds=3] [folder with node-sqlite3-wasm]
const [, , secondsText = '3', wasmFolder = '/tmp/try/'] = process.argv;
const milliseconds = Number(secondsText) * 1_000;
const folder = mkdtempSync(join(tmpdir(), 'hubex-figures-'));
const payload = { TenantID: 105, AssetID: 7, EventID: 41, Name: 'Насос', Note: 'x'.repeat(400) } as const;
const entry: InboxEntry = {
  kind: 'event',
  event: { name: 'asset.changed', id: 41, tenantId: 105, assetId: 7, payload },
  receivedAt: 1,
};

/** Appends a second; `append` makes so many. */
async function rate(size: number, append: () => unknown): Promise<number> {
  const begun = performance.now();
  let done = 0;
  for (; performance.now() - begun < milliseconds; done += size) await append();
  return Math.round((done * 1_000) / (performance.now() - begun));
}

/** For comparison only: it works without native code, but its files are locked by directories and it has no WAL. */
function wasmDriver(): SqliteDriver {
  const wasm: { Database: new (file: string) => WasmDatabase } = createRequire(join(wasmFolder, 'x.js'))(
    'node-sqlite3-wasm',
  );
  return (file) => {
    const database = new wasm.Database(file);
    return {
      exec: (sql) => database.exec(sql),
      close: () => database.close(),
      prepare(sql) {
        const statement = database.prepare(sql);
        return {
          run: (...values) => statement.run(values),
          all: (...values) => statement.all(values),
          // It says delete instead of wal; the inbox would refuse it.
          get: (...values) => (sql.includes('journal_mode') ? { journal_mode: 'wal' } : statement.get(values)),
        };
      },
    };
  };
}

interface WasmDatabase {
  exec(sql: string): unknown;
  close(): unknown;
  prepare(sql: string): {
    run(values: unknown[]): { changes: number; lastInsertRowid: number };
    all(values: unknown[]): unknown[];
    get(values: unknown[]): unknown;
  };
}

const say = (figures: object): void => void process.stdout.write(`${JSON.stringify(figures)}\n`);
try {
  const bytes = Buffer.from(JSON.stringify(payload));
  const limit = async (): Promise<number> => {
    const descriptor = openSync(join(folder, 'bare'), 'a');
    const bare = await rate(1, () => {
      writeSync(descriptor, bytes);
      fsyncSync(descriptor);
    });
    closeSync(descriptor);
    return bare;
  };
  say({ node: process.version, engine: 'bare write and fsync', single: await limit() });
  for (const name of ['node:sqlite', 'libsql', 'better-sqlite3', 'node-sqlite3-wasm'] as const) {
    try {
      const driver = name === 'node-sqlite3-wasm' ? wasmDriver() : await findDriver(name);
      const inbox = await openSqliteInbox({ file: join(folder, `${name.replace(':', '-')}.db`), driver });
      const single = await rate(1, () => inbox.store(entry));
      const grouped = await rate(50, () => Promise.all(Array.from({ length: 50 }, () => inbox.store(entry))));
      await inbox.close();
      say({ node: process.version, engine: name, single, grouped });
    } catch (error) {
      say({ node: process.version, engine: name, missing: String(error).split('\n', 1)[0]?.slice(0, 160) });
    }
  }
  // Once more: whether the disk was as fast in the end as in the beginning.
  say({ node: process.version, engine: 'bare write and fsync, again', single: await limit() });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
