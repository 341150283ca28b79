import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createSimulator } from '@hubex-kit/simulator';

// CPU of importing the built simulator over bare node, and of making one when the code is warm.
// npm run build && node --import=tsx --conditions=@hubex-kit/source packages/msw/bench/start.ts
const entry = new URL('../../simulator/dist/index.js', import.meta.url).href;
const tell = 'const { user, system } = process.cpuUsage(); console.log((user + system) / 1000);';
const once = (code: string): number =>
  Number(execFileSync(process.execPath, ['--input-type=module', '-e', `${code}${tell}`]));

const overs: number[] = [];
for (let round = 0; round < 15; round++) {
  const bare = once('');
  overs.push(once(`await import(${JSON.stringify(entry)});`) - bare);
}
const creations: number[] = [];
for (let round = 0; round < 60; round++) {
  const before = process.cpuUsage();
  await createSimulator({ seed: round }).close();
  const { user, system } = process.cpuUsage(before);
  if (round >= 10) creations.push((user + system) / 1_000);
}
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const manifest = JSON.parse(readFileSync(new URL('../../simulator/package.json', import.meta.url), 'utf8'));
const dependencies = Object.keys(manifest.dependencies ?? {}).filter((name) => !name.startsWith('@hubex-kit/')).length;
process.stdout.write(
  `${JSON.stringify({
    importMs: Number(median(overs).toFixed(1)),
    creationMs: Number(median(creations).toFixed(2)),
    dependencies,
  })}\n`,
);
