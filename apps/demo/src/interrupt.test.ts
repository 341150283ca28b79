import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';

/** The main job from its source; its children run from source too. */
function demo(args: readonly string[]): ChildProcess {
  const entry = join(import.meta.dirname, 'main.ts');
  return spawn(process.execPath, ['--import', 'tsx', '--conditions=@hubex-kit/source', entry, ...args], {
    env: { ...process.env, NO_COLOR: '1', CI: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The first lines and, when everything that shares its stderr has ended, its exit code. */
function follow(child: ChildProcess): { line: (count: number) => Promise<string>; gone: Promise<unknown> } {
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const lines = createInterface({ input: child.stdout as NonNullable<ChildProcess['stdout']> }); // stdout is a pipe
  let seen = 0;
  return {
    line: (count) => new Promise((resolve) => lines.on('line', (line) => ++seen === count && resolve(line))),
    gone: new Promise((resolve) => child.once('close', (code) => resolve({ code, stderr }))),
  };
}

test('SIGINT stops the server and the receiver and ends with 0', async () => {
  const child = demo([]);
  const { line, gone } = follow(child);
  const [, apiUrl = '', receiver = ''] = /^HubEx at (\S+), receiver at (\S+)$/.exec(await line(2)) ?? [];
  expect((await fetch(`${apiUrl}/COMMON/Events`)).status).toBe(401);
  child.kill('SIGINT');
  expect(await gone).toEqual({ code: 0, stderr: '' });
  for (const url of [apiUrl, receiver]) await expect(fetch(url)).rejects.toThrow();
});

test('--once that is interrupted is no success', async () => {
  const child = demo(['--once']);
  const { line, gone } = follow(child);
  await line(1);
  child.kill('SIGTERM');
  expect(await gone).toEqual({ code: 130, stderr: '' });
});
