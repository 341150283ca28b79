import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { Pool } from 'undici';

// CPU of a node:http server with the adapter and a memory inbox, as a multiple of a bare one that reads the body and answers 204:
// npx tsx --conditions=@hubex-kit/source packages/receiver/bench/node-http-cpu.ts [rounds]
const rounds = Number(process.argv[2] ?? 15);
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

const [ours, bare] = [await start('ours'), await start('bare')];
try {
  await slice(ours);
  await slice(bare);
  const pairs: { readonly ratio: number; readonly ours: number; readonly bare: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const limit = await slice(bare);
    const mine = await slice(ours);
    pairs.push({ ratio: mine / limit, ours: mine, bare: limit });
  }
  pairs.sort((a, b) => a.ratio - b.ratio);
  const middle = pairs[pairs.length >> 1];
  const round = (value = 0): number => Math.round(value * 100) / 100;
  const figures = {
    ratio: round(middle?.ratio),
    oursMicroseconds: round(middle?.ours),
    bareMicroseconds: round(middle?.bare),
    rounds,
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  for (const { child, pool } of [ours, bare]) {
    await pool.close();
    child.kill('SIGTERM');
  }
  rmSync(folder, { recursive: true, force: true });
}
