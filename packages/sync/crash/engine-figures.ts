import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InboxEntry } from '@hubex-kit/receiver';
import { findDriver, type SqliteDatabase, type SqliteDriver } from '../src/inbox/sqlite-driver.ts';
import { openSqliteInbox } from '../src/inbox/sqlite-inbox.ts';

// Appends by driver, one by one and fifty together, as a share of what a bare write and fsync of the same bytes comes to: the limit of the
// disk, measured right before and after each of them. Drivers that are not installed here may lie in another folder.
// npx tsx --conditions=@hubex-kit/source packages/sync/crash/engine-figures.ts [seconds=1] [rounds=5] [folder with further drivers]
const [, , secondsText = '1', roundsText = '5', elsewhere = ''] = process.argv;
const milliseconds = Number(secondsText) * 1_000;
const rounds = Number(roundsText);
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

/** From this project, or from the folder that was named. */
async function driverOf(name: string): Promise<SqliteDriver> {
  const require = createRequire(join(elsewhere, 'x.js'));
  if (name === 'node-sqlite3-wasm') return wasmDriver(require(name));
  try {
    return await findDriver(name);
  } catch (error) {
    if (!elsewhere || name.startsWith('node:')) throw error;
    const Database: new (file: string) => SqliteDatabase = require(name);
    return (file) => new Database(file);
  }
}

/** For comparison only: it works without native code, but its files are locked by directories and it has no WAL. */
function wasmDriver(wasm: { Database: new (file: string) => WasmDatabase }): SqliteDriver {
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
  for (const name of ['node:sqlite', 'libsql', 'better-sqlite3', 'node-sqlite3-wasm']) {
    try {
      const inbox = await openSqliteInbox({
        file: join(folder, `${name.replace(':', '-')}.db`),
        driver: await driverOf(name),
      });
      const [single, grouped, bare]: [number[], number[], number[]] = [[], [], []];
      let before = await limit();
      for (let round = 0; round < rounds; round++) {
        const one = await rate(1, () => inbox.store(entry));
        const fifty = await rate(50, () => Promise.all(Array.from({ length: 50 }, () => inbox.store(entry))));
        const after = await limit();
        const disk = (before + after) / 2;
        bare.push(disk);
        single.push(one / disk);
        grouped.push(fifty / disk);
        before = after;
      }
      await inbox.close();
      const figures = { single: median(single), grouped: median(grouped), bareASecond: Math.round(median(bare)) };
      say({ node: process.version, engine: name, ...figures });
    } catch (error) {
      say({ node: process.version, engine: name, missing: String(error).split('\n', 1)[0]?.slice(0, 160) });
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[sorted.length >> 1] ?? 0) * 100) / 100;
}
