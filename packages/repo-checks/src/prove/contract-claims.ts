import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspacePackages } from '../laws/packages.ts';
import type { Claim, Row } from './claim.ts';
import { run } from './command.ts';

/** Where the vendor's documents are; they are not ours to publish. */
const vendorDocuments = process.env.HUBEX_VENDOR_DOCUMENTS ?? '../shared/reference/hubex-openapi-slices';

const tsx = ['npx', '--no-install', 'tsx', '--conditions=@hubex-kit/source'];

/** What the Foundation issue promises. */
export const contractClaims: readonly Claim[] = [
  { name: 'build', measure: build },
  { name: 'parity with the vendor', measure: parity },
  { name: 'spec lint', measure: lint },
  { name: 'generated is current', measure: drift },
  { name: 'conformance', measure: conformance },
  { name: 'packaging', measure: packaging },
  { name: 'main job', measure: mainJob },
];

async function build(): Promise<readonly Row[]> {
  const { code } = await run(['npx', '--no-install', 'turbo', 'run', 'build', '--output-logs=errors-only']);
  return [{ claim: 'every package builds', figure: `exit ${code}`, bar: 'exit 0', holds: code === 0 }];
}

async function parity(): Promise<readonly Row[]> {
  const { stdout } = await run([...tsx, 'packages/codegen/src/parity/main.ts', vendorDocuments, '--json']);
  const { findings, explained, unexplained, stale } = JSON.parse(stdout);
  const figure = `${findings.length} compared, ${explained.length} deliberate, ${unexplained.length} unexplained`;
  const holds = findings.length > 0 && unexplained.length + stale.length === 0;
  return [{ claim: 'spec agrees with the vendor', figure, bar: '0 unexplained', holds }];
}

async function lint(): Promise<readonly Row[]> {
  const { code, stderr } = await run(
    ['npx', '--no-install', 'redocly', 'lint', 'hubex.yaml', '--config', 'redocly.yaml'],
    { folder: 'openapi' },
  );
  const holds = code === 0 && !/You have \d+ warning/.test(stderr);
  return [{ claim: 'Redocly finds nothing', figure: holds ? 'clean' : 'findings', bar: 'clean', holds }];
}

async function drift(): Promise<readonly Row[]> {
  const { code, stdout } = await run([...tsx, 'packages/codegen/src/main.ts', '--check']);
  return [{ claim: 'generated files are current', figure: stdout.trim(), bar: 'no drift', holds: code === 0 }];
}

interface Assertion {
  readonly fullName: string;
  readonly status: string;
}

async function conformance(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hubex-prove-'));
  const file = join(folder, 'conformance.json');
  await run([
    'npx',
    '--no-install',
    'vitest',
    'run',
    'packages/conformance',
    '--reporter=json',
    `--outputFile=${file}`,
  ]);
  const report: { testResults: { assertionResults: Assertion[] }[] } = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(folder, { recursive: true });
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const targets = ['direct', 'express'].map((target): Row => {
    const own = tests.filter(({ fullName }) => new RegExp(`, '?${target}'? B`).test(fullName));
    const failed = own.filter(({ status }) => status !== 'passed').length;
    return {
      claim: `conformance, ${target}`,
      figure: `${own.length - failed} passed, ${failed} failed`,
      bar: '0 failed',
      holds: own.length > 0 && failed === 0,
    };
  });
  const ledger =
    readFileSync(new URL('../../../../openapi/behaviours.yaml', import.meta.url), 'utf8').match(/- id: B\d{3}/g)
      ?.length ?? 0;
  const cited = new Set(
    tests.flatMap(({ fullName, status }) => (status === 'passed' ? (fullName.match(/\bB\d{3}\b/g) ?? []) : [])),
  );
  return [
    {
      claim: 'ledger numbers with a passing test',
      figure: `${cited.size} of ${ledger}`,
      bar: 'all',
      holds: ledger > 0 && cited.size === ledger,
    },
    ...targets,
  ];
}

async function packaging(): Promise<readonly Row[]> {
  const published = workspacePackages().filter(({ isPrivate }) => !isPrivate);
  const rows: Row[] = [];
  for (const { name, folder } of published) {
    const publint = await run(['npx', '--no-install', 'publint', '--strict'], { folder });
    const attw = await run(['npx', '--no-install', 'attw', '--pack', '.', '--profile', 'node16'], { folder });
    const figure = `publint ${publint.code === 0 ? 'clean' : 'findings'}, attw ${attw.code === 0 ? 'clean' : 'findings'}`;
    rows.push({
      claim: `${name} as a package`,
      figure,
      bar: 'both clean',
      holds: publint.code === 0 && attw.code === 0,
    });
  }
  return rows;
}

async function mainJob(): Promise<readonly Row[]> {
  const { code, stdout } = await run([process.execPath, 'apps/demo/dist/main.js', '--once', '--json']);
  const { caused, received, lost, byEventId } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}');
  const ids = Object.entries<{ received: number }>(byEventId ?? {}).filter(([, each]) => each.received > 0).length;
  const figure = `caused ${caused}, received ${received}, lost ${lost}, ${ids} event ids`;
  return [{ claim: 'main job', figure, bar: 'lost 0, 5 event ids', holds: code === 0 && lost === 0 && ids === 5 }];
}
