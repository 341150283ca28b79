import type { Claim, Row } from './claim.ts';
import { contractClaims } from './contract-claims.ts';
import { doorsClaims } from './doors-claims.ts';
import { integratorClaims } from './integrator-claims.ts';
import { mockClaims } from './mock-claims.ts';

const words: Readonly<Record<string, readonly Claim[]>> = {
  contract: contractClaims,
  integrator: integratorClaims,
  mock: mockClaims,
  doors: doorsClaims,
};

const help = `Measures what the project promises and prints one table.

  npm run prove -- contract     contract, simulator, mock server, packages, main job
  npm run prove -- integrator   receiver, client, sync, the example that survives; takes about ten minutes
  npm run prove -- mock         mock server beside its peers; takes about ten minutes and wants the machine for itself
  npm run prove -- doors        msw, the simulator as a library, conformance on every target; needs a Chromium (on the PATH, or named by CHROMIUM)

The vendor's documents are read from HUBEX_VENDOR_DOCUMENTS (default: ../shared/reference/hubex-openapi-slices).
Exit codes: 0 every row holds, 1 some row does not, 2 wrong use.
`;

/** Runs the claims of a word; returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const [word, ...more] = args;
  if (word === '--help') {
    process.stdout.write(help);
    return 0;
  }
  const claims = word === undefined ? undefined : words[word];
  if (!claims || more.length > 0) {
    process.stderr.write(`prove takes one word: ${Object.keys(words).join(', ')}. See npm run prove -- --help\n`);
    return 2;
  }
  const rows: Row[] = [];
  for (const { name, measure } of claims) {
    if (process.stderr.isTTY) process.stderr.write(`  measuring: ${name}\n`);
    try {
      rows.push(...(await measure()));
    } catch (error) {
      rows.push({
        claim: name,
        figure: `not measured: ${error instanceof Error ? error.message : String(error)}`,
        bar: 'measured',
        holds: false,
      });
    }
  }
  process.stdout.write(table(rows));
  return rows.every(({ holds }) => holds) ? 0 : 1;
}

function table(rows: readonly Row[]): string {
  const hasPeers = rows.some(({ peer }) => peer !== undefined);
  const line = ({ claim, figure, bar, peer = '', holds }: Row): readonly string[] =>
    hasPeers ? [claim, figure, bar, peer, holds ? 'yes' : 'NO'] : [claim, figure, bar, holds ? 'yes' : 'NO'];
  const cells = [['claim', 'figure', 'bar', ...(hasPeers ? ['peer'] : []), 'holds'], ...rows.map(line)];
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return `${cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')}\n`;
}

process.exitCode = await main(process.argv.slice(2));
