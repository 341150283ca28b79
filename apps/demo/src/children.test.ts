import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { Children } from './children.ts';

// Programs are packages; these are made for the test, beside this file's own resolution.
const folders = vi.hoisted((): Map<string, string> => new Map());
vi.mock('node:module', () => ({
  createRequire: () => ({ resolve: (request: string) => join(folders.get(request) ?? '', 'package.json') }),
}));

const made: string[] = [];

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

function program(name: string, code: string): { name: string; entry: string; args: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'demo-child-'));
  made.push(folder);
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src/main.ts'), code);
  folders.set(`${name}/package.json`, folder);
  return { name, entry: 'main', args: [] };
}

const stays = 'setInterval(() => undefined, 1000);';

test('gives the first line as ready and hands on the others', async () => {
  const children = new Children();
  const lines: unknown[] = [];
  let three = (): void => undefined;
  const arrived = new Promise<void>((resolve) => {
    three = resolve;
  });
  const print = [1, 2, 3].map((n) => `process.stdout.write('{"n":${n}}\\n');`).join('');
  const ready = await children.start({
    ...program('talks', `${print}${stays}`),
    onLine: (line) => (lines.push(line) === 2 ? three() : undefined),
  });
  await arrived;
  expect([ready, lines]).toEqual([{ n: 1 }, [{ n: 2 }, { n: 3 }]]);
  await children.stop();
});

test('says which program ended too early', async () => {
  const children = new Children();
  await expect(children.start(program('ends', 'process.exit(3);'))).rejects.toThrow(
    'ends ended too early (exit code 3).',
  );
  await children.stop();
});

test('says which program printed something else than JSON', async () => {
  const children = new Children();
  const chatty = program('chatty', `process.stdout.write('hello\\n');${stays}`);
  await expect(children.start(chatty)).rejects.toThrow('chatty printed a line that is no JSON object: hello');
  await children.stop();
});

test('stop ends the latest first, is no failure, and waits until all are gone', async () => {
  const children = new Children();
  const pids: number[] = [];
  const tells = `process.stdout.write(JSON.stringify({ pid: process.pid }) + '\\n');${stays}`;
  for (const name of ['first', 'second']) pids.push(Number((await children.start(program(name, tells))).pid));
  await children.stop();
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  expect(await Promise.race([children.failed.catch(() => 'failed'), Promise.resolve('quiet')])).toBe('quiet');
});
