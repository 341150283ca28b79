#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };

// Somebody who pipes into head has seen enough; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const args = process.argv.slice(2);
const ready = args.length === 1 ? readyAnswer(args[0]) : undefined;
if (ready !== undefined) process.stdout.write(ready);
else {
  const { runProgram } = await import('./cli/program.ts');
  process.exitCode = await runProgram(args, packageJson.version);
}

/** The answer to a question that needs no program; the build keeps the text of --help beside the bundle. */
function readyAnswer(flag: string | undefined): string | undefined {
  if (flag === '--version' || flag === '-V') return `${packageJson.version}\n`;
  if (flag !== '--help' && flag !== '-h') return undefined;
  try {
    return readFileSync(join(import.meta.dirname, 'help.txt'), 'utf8');
  } catch {
    // Run from its source: there was no build.
    return undefined;
  }
}
