import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { findDrift } from './drift.ts';
import { generateAll, generatedFolders } from './outputs.ts';
import { root } from './root.ts';

const help = `Generates the contract from openapi/.

  npm run generate             write what is generated
  npm run generate -- --check  compare only; exit 1 and name the files when they differ

Exit codes: 0 done, 1 files differ, 2 wrong use.
`;

/** Runs the generator; returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const flags = args.filter((arg) => arg !== '--');
  const unknown = flags.find((flag) => flag !== '--check' && flag !== '--help');
  if (unknown) {
    process.stderr.write(`generate does not know ${unknown}; it takes --check or --help.\n`);
    return 2;
  }
  if (flags.includes('--help')) {
    process.stdout.write(help);
    return 0;
  }
  const wanted = await generateAll();
  const drift = findDrift(wanted, readGenerated());
  if (flags.includes('--check')) {
    for (const { path, problem } of drift) process.stderr.write(`${problem}: ${path}\n`);
    process.stdout.write(
      drift.length === 0 ? `${wanted.size} generated files are current.\n` : 'Run: npm run generate\n',
    );
    return drift.length === 0 ? 0 : 1;
  }
  for (const { path } of drift) {
    const content = wanted.get(path);
    if (content === undefined) {
      process.stderr.write(`${path} is not generated any more; delete it.\n`);
      continue;
    }
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
    process.stdout.write(`wrote ${path}\n`);
  }
  process.stdout.write(`${wanted.size} generated files are current.\n`);
  return 0;
}

/** Every file in the generated folders, by its path from the root. */
function readGenerated(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const folder of generatedFolders) {
    let entries: string[] = [];
    try {
      entries = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
    } catch {
      continue; // not there yet: every file of it is missing
    }
    for (const entry of entries) {
      if (!/\.(ts|json|md)$/.test(entry)) continue;
      const path = join(root, folder, entry);
      files.set(relative(root, path), readFileSync(path, 'utf8'));
    }
  }
  return files;
}

if (process.argv[1] === import.meta.filename) process.exitCode = await main(process.argv.slice(2));
