import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The built main job: `npm test` builds before it tests. */
const entry = join(import.meta.dirname, '../dist/main.js');

function run(args: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
}

describe('the main job', () => {
  test('sees every event of all five ids arrive at the example receiver', async () => {
    const { code, stdout, stderr } = await run(['--once', '--json']);
    const summary = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    expect(summary).toMatchObject({ lost: 0, unexpected: 0 });
    expect(summary.received).toBe(summary.caused);
    // The workbook with 300 assets, and the site with its three pieces of equipment.
    expect(summary.byEventId[40].received).toBe(304);
    for (const id of [40, 41, 42, 43, 44]) expect(summary.byEventId[id].received).toBeGreaterThan(0);
    expect([code, stderr]).toEqual([0, '']);
  });

  test('refuses a flag it does not know', async () => {
    const { code, stderr } = await run(['--onec']);
    expect([code, stderr]).toEqual([2, expect.stringContaining("unknown option '--onec'")]);
  });
});
