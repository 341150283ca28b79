import { root } from '../laws/packages.ts';
import { sizeOf } from '../laws/size-of.ts';
import type { Claim, Row } from './claim.ts';
import { run } from './command.ts';
import { measured } from './measured.ts';

const tsx = ['node', '--max-old-space-size=8000', '--import=tsx', '--conditions=@hubex-kit/source'];

/** What the Integrator issue promises, as far as a command can show it. */
export const integratorClaims: readonly Claim[] = [
  { name: 'sizes', measure: sizes },
  { name: 'parse, check and normalise', measure: parsing },
  { name: 'node:http adapter', measure: adapter },
  { name: 'every shape answered', measure: answers },
  { name: 'storm in virtual time', measure: storm },
  { name: 'convergence', measure: convergence },
  { name: 'SIGKILL at random points', measure: kills },
  { name: 'acknowledgement under load', measure: latency },
  { name: 'corpus on every runtime', measure: runtimes },
  { name: 'the example survives', measure: survival },
];

async function sizes(): Promise<readonly Row[]> {
  const core = 'export * from "@hubex-kit/receiver/core";';
  const syncParts = 'export { createDirtyKeys, createResolver, createMemoryInbox } from "@hubex-kit/sync/core";';
  const caller = 'from "@hubex-kit/client/core"';
  const table: readonly (readonly [string, string, number])[] = [
    ['size: parse only', 'export { parseDelivery } from "@hubex-kit/receiver/parse"', 300],
    ['size: receiver core', core, 1_000],
    ['size: receiver + dirty keys + resolver + memory inbox', `${core}${syncParts}`, 2_500],
    ['size: client core', `export { createCaller, isHubexError, HubexError, getAsset } ${caller}`, 2_800],
    [
      'size: client core with retry, deadline, limiter, paging',
      `export { createCaller, isHubexError, HubexError, getAsset, listAssets, repeating, limited, createRateLimiter, walk } ${caller}`,
      4_500,
    ],
  ];
  return Promise.all(
    table.map(async ([claim, code, bar]) => {
      const size = await sizeOf(code);
      return { claim, figure: `${size} B`, bar: `<= ${bar} B`, holds: size <= bar };
    }),
  );
}

async function parsing(): Promise<readonly Row[]> {
  const { ratio } = await measured([...tsx, 'packages/receiver/bench/parse-ratio.ts']);
  return [
    {
      claim: 'parse + check + normalise',
      figure: `${ratio} x JSON.parse`,
      bar: '<= 1.10 x',
      holds: Number(ratio) <= 1.1,
    },
  ];
}

async function adapter(): Promise<readonly Row[]> {
  const { ratio } = await measured([...tsx, 'packages/receiver/bench/node-http-cpu.ts']);
  return [
    {
      claim: 'node:http adapter, CPU',
      figure: `${ratio} x bare node:http`,
      bar: '<= 1.3 x',
      holds: Number(ratio) <= 1.3,
    },
  ];
}

async function answers(): Promise<readonly Row[]> {
  const facts = await measured<Record<string, unknown>>([...tsx, 'packages/receiver/proof/answer-times.ts']);
  const { adapters, shapes, hangs, p99Ms, slowestMs, slowest } = facts;
  const figure = `${shapes} shapes in ${adapters} places: ${hangs} hangs, p99 ${p99Ms} ms, slowest ${slowestMs} ms (${slowest})`;
  const holds = hangs === 0 && Number(slowestMs) <= 100 && Number(shapes) >= 40;
  return [{ claim: 'every shape answered', figure, bar: '<= 100 ms, 0 hangs', holds }];
}

async function storm(): Promise<readonly Row[]> {
  const { assets, deliveries, calls, wrong } = await measured([...tsx, 'packages/sync/proof/run-storm.ts']);
  const figure = `${deliveries} deliveries in ${assets} assets: ${calls} calls, ${wrong} wrong`;
  return [
    { claim: 'storm in virtual time', figure, bar: '<= 60 calls, 0 wrong', holds: Number(calls) <= 60 && wrong === 0 },
  ];
}

async function convergence(): Promise<readonly Row[]> {
  const { cases, wrong, crashes, outages, lost } = await measured([
    ...tsx,
    'packages/sync/proof/run-convergence.ts',
    '10000',
  ]);
  const figure = `${cases} cases, ${crashes} crashes, ${outages} outages, ${lost} deliveries lost: ${wrong} wrong`;
  return [
    { claim: 'the mirror equals the API', figure, bar: '10000 cases, 0 wrong', holds: cases === 10_000 && wrong === 0 },
  ];
}

async function kills(): Promise<readonly Row[]> {
  const { points, acknowledged, lost } = await measured([...tsx, 'packages/sync/crash/kill-points.ts', '200']);
  const figure = `${points} kills, ${acknowledged} acknowledged, ${lost} lost`;
  return [
    {
      claim: 'SIGKILL loses nothing acknowledged',
      figure,
      bar: '200 kills, 0 lost',
      holds: points === 200 && lost === 0 && Number(acknowledged) > 0,
    },
  ];
}

async function latency(): Promise<readonly Row[]> {
  const { deliveries, non2xx, p99 } = await measured([...tsx, 'packages/sync/crash/ack-latency.ts']);
  const figure = `${deliveries} deliveries at 50 at once: p99 ${p99} ms, ${non2xx} not 2xx`;
  return [
    {
      claim: 'acknowledgement with SQLite',
      figure,
      bar: 'p99 <= 50 ms, 0 not 2xx',
      holds: Number(p99) <= 50 && non2xx === 0,
    },
  ];
}

async function runtimes(): Promise<readonly Row[]> {
  const installed = await run(['npm', 'ci', '--prefix', 'tools/runtimes']);
  if (installed.code !== 0) throw new Error('npm ci --prefix tools/runtimes failed');
  const { code, stdout } = await run(['node', 'tools/runtimes/run.mjs']);
  const lines = stdout.split('\n').filter((line) => /passed/.test(line));
  const figure = `${lines.length} runtimes, ${lines.filter((line) => /\b0 failed/.test(line)).length} without a failure`;
  return [{ claim: 'one corpus on every runtime', figure, bar: '7 of 7', holds: code === 0 && lines.length >= 7 }];
}

async function survival(): Promise<readonly Row[]> {
  await run(['npx', '--no-install', 'turbo', 'run', 'build', '--output-logs=errors-only']);
  const facts = await measured(['node', `${root}/apps/example-sync/dist/survive.js`, '--json']);
  const { assets, kills: killed, switchedOff, restored, wrong } = facts;
  const figure = `${assets} imported, ${killed} kills, switched off ${switchedOff}, restored ${restored}: ${wrong} differ`;
  const holds = killed === 2 && Number(switchedOff) > 0 && Number(restored) > 0 && wrong === 0;
  return [{ claim: 'the example survives', figure, bar: '0 differ', holds }];
}
