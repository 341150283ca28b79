import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createMockServer, type MockServer } from '../mock-server.ts';
import { scenario } from './scenario.ts';
import type { ScenarioFlags } from './scenario-command.ts';

let hubex: MockServer;
let folder: string;

beforeAll(async () => {
  hubex = await createMockServer({ port: 0, assets: 50 });
  folder = await mkdtemp(join(tmpdir(), 'hubex-mock-'));
});

afterAll(async () => {
  await hubex.stop();
  await rm(folder, { recursive: true });
});

/** Runs the command in this process; the tenant is new each time. */
async function run(
  name: string | undefined,
  flags: Partial<ScenarioFlags>,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const written: Record<'stdout' | 'stderr', string[]> = { stdout: [], stderr: [] };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => written[name].push(String(text)) > 0),
  );
  try {
    const standard = { check: false, wait: false, json: false, server: hubex.url };
    const code = await scenario(name, { ...standard, ...flags });
    return { code, stdout: written.stdout.join(''), stderr: written.stderr.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

test('lists the scenarios without a server', async () => {
  const { code, stdout } = await run(undefined, { server: 'http://127.0.0.1:1' });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}steady-day\n {4}A day of a Russian service company/);
});

test('runs by name in a tenant of its own and waits for the end', async () => {
  const flags = { tenant: 'cli-one', speed: '1000000', wait: true, json: true };
  const { code, stdout } = await run('mass-edit', flags);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ scenario: 'mass-edit', state: 'finished', refused: 0 });
});

test('runs a file, one scenario at a time', async () => {
  const file = join(folder, 'my.yaml');
  await writeFile(file, 'name: mine\nphases:\n  - do: [{ action: edit, count: 5, over: 10h }]\n');
  const flags = { tenant: 'cli-two', file };
  expect(await run(undefined, flags)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^ {2}mine runs until /),
  });
  expect(await run(undefined, { ...flags, json: true })).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/mine is still running/),
  });
  expect(hubex.simulator.tenant('cli-two').stopScenario()).toMatchObject({ scenario: 'mine', state: 'stopped' });
});

test('checks a file without a server and names every mistake with its line', async () => {
  const file = join(folder, 'bad.yaml');
  await writeFile(file, 'name: mine\nphases:\n  - do:\n      - action: edt\n      - action: edit\n        cont: 5\n');
  const { code, stderr } = await run(undefined, { file, check: true, server: 'http://127.0.0.1:1' });
  expect(code).toBe(2);
  expect(stderr).toMatch(/bad\.yaml:4:9 phases\[0\]\.do\[0\]\.action: .*did you mean edit\?/);
  expect(stderr).toMatch(/bad\.yaml:6:9 phases\[0\]\.do\[1\]\.cont: .*did you mean count\?/);
});

describe('says what is wrong', () => {
  test.each<[string, string | undefined, Partial<ScenarioFlags>, number, RegExp]>([
    [
      'nobody answers',
      'mass-edit',
      { server: 'http://127.0.0.1:1' },
      1,
      /No mock server answers at .*start one with hubex-mock serve/,
    ],
    ['the name is misspelt', 'mas-edit', {}, 1, /did you mean mass-edit\?/],
    ['a name and a file', 'mass-edit', { file: 'x' }, 2, /not both/],
    ['a check of nothing', undefined, { check: true }, 2, /give --file/],
    ['a seed that is a word', 'mass-edit', { seed: 'x' }, 2, /--seed takes a number; it was "x"/],
    ['a file that is not there', undefined, { file: '/nowhere.yaml' }, 2, /cannot be read \(ENOENT\)/],
  ])('%s', async (_, name, flags, code, message) => {
    const ended = await run(name, flags);
    expect([ended.code, ended.stdout]).toEqual([code, '']);
    expect(ended.stderr).toMatch(message);
  });
});

test('is a verb of the command', async () => {
  const args = [
    '--import',
    'tsx',
    '--conditions=@hubex-kit/source',
    join(import.meta.dirname, '../cli.ts'),
    'scenario',
    '--json',
  ];
  const stdout = await new Promise<string>((resolve) => execFile(process.execPath, args, (_, text) => resolve(text)));
  expect(JSON.parse(stdout).items).toHaveLength(9);
});
