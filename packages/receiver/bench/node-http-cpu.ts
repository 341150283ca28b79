import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { Pool } from 'undici';

// CPU of a node:http server with the adapter and a memory inbox, as a multiple of a bare one that reads the body and answers 204:
// npx tsx --conditions=@hubex-kit/source packages/receiver/bench/node-http-cpu.ts [pairs]
// How its code was compiled stays with a process: several pairs of fresh ones tell more than one pair that runs longer.
const pairs = Number(process.argv[2] ?? 5);
const roundsOfPair = 4;
const perSlice = 12_000;
const folder = mkdtempSync(join(tmpdir(), 'hubex-bench-'));
const outfile = join(folder, 'child.mjs');
// The code as it is published: tsx wraps functions.
await build({
  entryPoints: [join(import.meta.dirname, 'http-child.ts')],
  ...{ bundle: true, format: 'esm', platform: 'node', outfile },
  conditions: ['@hubex-kit/source'],
});

interface Server {
  readonly child: ChildProcess;
  readonly pool: Pool;
  readonly path: string;
}

function answer<T>(child: ChildProcess): Promise<T> {
  // The child sends what is asked for.
  return new Promise((resolve) => child.once('message', (message) => resolve(message as T)));
}

async function start(kind: 'ours' | 'bare'): Promise<Server> {
  const child = fork(outfile, [kind], { execArgv: [] });
  const { port, path } = await answer<{ port: number; path: string }>(child);
  return { child, path, pool: new Pool(`http://127.0.0.1:${port}`, { connections: 16, pipelining: 1 }) };
}

async function cpu({ child }: Server): Promise<number> {
  const told = answer<{ cpu: number }>(child);
  child.send('cpu');
  return (await told).cpu;
}

const body = JSON.stringify({
  TenantID: 105,
  TaskID: null,
  AssetID: 1_234_567,
  EventID: 41,
  CompanyID: null,
  UserID: null,
});

/** Microseconds of CPU the server spends on a delivery. */
async function slice(server: Server): Promise<number> {
  const before = await cpu(server);
  let left = perSlice;
  const next = async (): Promise<void> => {
    while (left-- > 0) {
      const { statusCode, body: reply } = await server.pool.request({
        ...{ method: 'POST', path: server.path, body },
        headers: { 'content-type': 'application/json' },
      });
      await reply.dump();
      if (statusCode !== 204) throw new Error(`A delivery was answered ${statusCode}.`);
    }
  };
  await Promise.all(Array.from({ length: 32 }, next));
  return ((await cpu(server)) - before) / perSlice;
}

interface Round {
  readonly ratio: number;
  readonly ours: number;
  readonly bare: number;
}

/** Both servers, fresh, take turns in going first. */
async function measurePair(): Promise<readonly Round[]> {
  const [ours, bare] = [await start('ours'), await start('bare')];
  try {
    const rounds: Round[] = [];
    // The first round warms up.
    for (let round = 0; round <= roundsOfPair; round++) {
      const early = round % 2 === 0 ? await slice(ours) : undefined;
      const limit = await slice(bare);
      const mine = early ?? (await slice(ours));
      if (round > 0) rounds.push({ ratio: mine / limit, ours: mine, bare: limit });
    }
    return rounds;
  } finally {
    for (const { child, pool } of [ours, bare]) {
      await pool.close();
      child.kill('SIGTERM');
    }
  }
}

try {
  const rounds: Round[] = [];
  for (let pair = 0; pair < pairs; pair++) rounds.push(...(await measurePair()));
  rounds.sort((a, b) => a.ratio - b.ratio);
  const middle = rounds[rounds.length >> 1];
  const round = (value = 0): number => Math.round(value * 100) / 100;
  const figures = {
    ratio: round(middle?.ratio),
    oursMicroseconds: round(middle?.ours),
    bareMicroseconds: round(middle?.bare),
    rounds: rounds.length,
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
