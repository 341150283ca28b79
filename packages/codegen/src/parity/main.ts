import { statSync } from 'node:fs';
import { parityReport } from './report.ts';
import { runParity } from './run.ts';

const help = `Compares our OpenAPI description with the vendor's documents.

  npm run parity -- <folder>          a table, and every unexplained difference
  npm run parity -- <folder> --json   the same for programs

Examples:
  npm run parity -- ../shared/reference/hubex-openapi-slices
  npm run -s parity -- vendor/august --json | jq .unexplained

The folder holds OpenAPI documents (*.json); the last part of servers[0].url names the service of each.
Every path, method, permission, parameter, field, type, nullability, limit, status and header of the vendor has to be in
openapi/ or be listed in openapi/deliberate-differences.yaml with the ledger number that justifies it.
Exit codes: 0 no unexplained difference, 1 there are some, or stale entries in that list, 2 wrong use.
`;

/** Runs the comparison; returns the exit code. */
export function main(args: readonly string[]): number {
  const [folder, ...more] = args.filter((arg) => !arg.startsWith('--'));
  const unknown = args.find((arg) => arg.startsWith('--') && !['--', '--json', '--help'].includes(arg));
  if (args.includes('--help')) {
    process.stdout.write(help);
    return 0;
  }
  const wrong = unknown
    ? `does not know ${unknown}`
    : folder === undefined
      ? 'needs a folder of OpenAPI documents'
      : more.length > 0
        ? 'takes one folder'
        : statSync(folder, { throwIfNoEntry: false })?.isDirectory()
          ? ''
          : `found no folder ${folder}`;
  if (wrong || folder === undefined) {
    process.stderr.write(`parity ${wrong}. See npm run parity -- --help\n`);
    return 2;
  }
  try {
    const parity = runParity(folder);
    process.stdout.write(args.includes('--json') ? `${JSON.stringify(parity)}\n` : parityReport(parity));
    return parity.unexplained.length + parity.stale.length === 0 ? 0 : 1;
  } catch (error) {
    process.stderr.write(`parity: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

if (process.argv[1] === import.meta.filename) process.exitCode = main(process.argv.slice(2));
