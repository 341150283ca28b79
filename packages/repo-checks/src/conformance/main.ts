import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../laws/packages.ts';
import { conformancePage, languages } from './conformance-page.ts';
import { runConformance } from './conformance-run.ts';

// npm run conformance              runs the suite on every target and writes docs/*/maintain/conformance.md
// npm run conformance -- --check   only compares; exit code 1 when a page is not what the run says
const isCheck = process.argv.includes('--check');
const targets = await runConformance();
for (const { name, passed, failed } of targets) process.stdout.write(`${name}: ${passed} passed, ${failed} failed\n`);
let stale = 0;
for (const language of languages) {
  const file = `docs/${language}/maintain/conformance.md`;
  const page = conformancePage(language, targets);
  const isCurrent = read(file) === page;
  if (!isCurrent && isCheck) process.stdout.write(`${file} is not what this run says; run npm run conformance.\n`);
  if (!isCurrent && !isCheck) writeFileSync(join(root, file), page);
  if (!isCurrent) stale++;
}
process.exitCode = targets.some(({ failed }) => failed > 0) || (isCheck && stale > 0) ? 1 : 0;

function read(file: string): string | undefined {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    return undefined;
  }
}
