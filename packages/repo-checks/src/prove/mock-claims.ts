import type { Claim, Row } from './claim.ts';
import { run } from './command.ts';
import { measured } from './measured.ts';

/** What the Mock server issue promises in figures. Ratios are taken beside peers in the same run; packages/bench/README.md tells how. */
export const mockClaims: readonly Claim[] = [
  { name: 'build and peers', measure: prepare },
  { name: 'start-up', measure: startUp },
  { name: 'reads', measure: reads },
  { name: 'storm', measure: storm },
  { name: 'order', measure: order },
  { name: 'controls', measure: controls },
  { name: 'a million assets', measure: million },
  { name: 'tarball', measure: tarball },
];

const pinned = ['taskset', '-c', '1', 'node'];

interface Expected {
  readonly claim: string;
  readonly value: number | undefined;
  readonly unit: string;
  readonly peer?: string;
}

function atMost(most: number, { claim, value, unit, peer }: Expected): Row {
  const holds = value !== undefined && value <= most;
  return { claim, figure: `${value}${unit}`, bar: `<= ${most}${unit}`, peer: peer ?? '', holds };
}

function atLeast(least: number, { claim, value, unit, peer }: Expected): Row {
  const holds = value !== undefined && value >= least;
  return { claim, figure: `${value}${unit}`, bar: `>= ${least}${unit}`, peer: peer ?? '', holds };
}

async function prepare(): Promise<readonly Row[]> {
  const commands = [
    ['npx', '--no-install', 'turbo', 'run', 'build', '--filter=@hubex-kit/mock-server...', '--output-logs=errors-only'],
    ['npm', 'ci', '--prefix', 'packages/bench'],
  ];
  for (const command of commands) {
    const { code, stderr } = await run(command);
    if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}: ${stderr.trim().split('\n').at(-1)}`);
  }
  return [];
}

async function startUp(): Promise<readonly Row[]> {
  const facts = await measured([...pinned, 'packages/bench/src/start-up.mjs']);
  const first = 'start to first 200, CPU';
  return [
    atMost(1, { claim: first, value: facts.ofExpress, unit: ' x', peer: 'bare Express 5' }),
    atMost(0.25, { claim: first, value: facts.ofMockoon, unit: ' x', peer: 'Mockoon' }),
    atMost(0.143, { claim: first, value: facts.ofPrism, unit: ' x', peer: 'Prism' }),
    atMost(1.2, { claim: '--version, CPU', value: facts.versionOfNode, unit: ' x', peer: 'node -e 0' }),
    atMost(1.2, { claim: '--help, CPU', value: facts.helpOfNode, unit: ' x', peer: 'node -e 0' }),
    atMost(200, { claim: 'SIGTERM to exit', value: facts.sigtermMs, unit: ' ms' }),
  ];
}

async function reads(): Promise<readonly Row[]> {
  const facts = await measured([...pinned, 'packages/bench/src/reads.mjs']);
  const claim = 'GET of 20 items, requests a second';
  return [
    atMost(1.2, { claim: 'GET of 20 items, CPU', value: facts.cpuOfExpress, unit: ' x', peer: 'bare Express 5' }),
    atLeast(2.5, { claim, value: facts.throughputOfPrism, unit: ' x', peer: 'Prism' }),
    atLeast(4, { claim, value: facts.throughputOfMockoon, unit: ' x', peer: 'Mockoon' }),
  ];
}

async function storm(): Promise<readonly Row[]> {
  const facts = await measured([...pinned, 'packages/bench/src/storm.mjs']);
  const what = facts.imported === 1 ? 'import of 10,000 assets' : '10,000 changes';
  return [
    atLeast(10_000, { claim: `${what}, delivered`, value: facts.delivered, unit: '' }),
    atMost(0, { claim: `${what}, lost`, value: facts.lost, unit: '' }),
    atLeast(0.4, { claim: `${what}, rate`, value: facts.ofUndici, unit: ' x', peer: 'undici.request, Pool of 32' }),
    atMost(60, { claim: `${what}, memory growth`, value: facts.growthMiB, unit: ' MiB' }),
    atMost(5, { claim: `${what}, p99 of the API`, value: facts.p99OfIdle, unit: ' x', peer: 'the same, idle' }),
  ];
}

async function order(): Promise<readonly Row[]> {
  const { deliveries, inversions } = await measured([...pinned, 'packages/bench/src/order.mjs']);
  return [
    atLeast(100_000, { claim: 'one at a time, delivered', value: deliveries, unit: '' }),
    atMost(0, { claim: 'one at a time, inversions', value: inversions, unit: '' }),
  ];
}

async function controls(): Promise<readonly Row[]> {
  const facts = await measured([...pinned, 'packages/bench/src/controls.mjs']);
  return [
    atMost(5, { claim: 'settled() after the last attempt', value: facts.settledMs, unit: ' ms' }),
    atMost(15, { claim: 'the same over HTTP', value: facts.settledHttpMs, unit: ' ms' }),
    atMost(0.2, { claim: 'reset', value: facts.resetMs, unit: ' ms' }),
    atMost(1, { claim: 'reset over HTTP', value: facts.resetHttpMs, unit: ' ms' }),
    atMost(250, { claim: '24 h with 10,000 pending', value: facts.advanceMs, unit: ' ms' }),
    atMost(1, { claim: 'a new tenant', value: facts.tenantMs, unit: ' ms' }),
  ];
}

async function million(): Promise<readonly Row[]> {
  const facts = await measured([
    ...pinned,
    '--expose-gc',
    '--max-old-space-size=4000',
    'packages/bench/src/million.mjs',
  ]);
  const { assets, bytesPerAsset, firstPageMicroseconds, lastPageMicroseconds } = facts;
  const figure = `${bytesPerAsset} bytes each; page of 20: ${firstPageMicroseconds} us first, ${lastPageMicroseconds} us last`;
  const isMeasured = [assets, bytesPerAsset].every((value) => value !== undefined && value > 0);
  return [
    { claim: 'a million assets', figure, bar: 'reported', peer: '', holds: isMeasured },
    atMost(1.5, { claim: 'last page of a million', value: facts.lastOfFirst, unit: ' x', peer: 'the first page' }),
  ];
}

async function tarball(): Promise<readonly Row[]> {
  const facts = await measured(['node', 'packages/bench/src/tarball.mjs']);
  return [
    atMost(80, { claim: 'installed from the tarball', value: facts.packages, unit: ' packages' }),
    atMost(8, { claim: 'installed from the tarball', value: facts.mebibytes, unit: ' MiB' }),
    atMost(0, { claim: 'install scripts', value: facts.installScripts, unit: '' }),
  ];
}
