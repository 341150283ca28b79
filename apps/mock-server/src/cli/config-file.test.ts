import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { applyConfigFile } from './config-file.ts';
import { addServeOptions } from './serve-options.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hubex-mock-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** The settings that come of a file and of flags. */
async function settings(text: string, flags: readonly string[] = []): Promise<Record<string, unknown>> {
  const file = join(folder, 'hubex-mock.yaml');
  writeFileSync(file, text);
  const command = addServeOptions(new Command('serve'));
  command.parse(flags, { from: 'user' });
  await applyConfigFile(command, file);
  return command.opts();
}

test('every kind of setting can stand in the file', async () => {
  const text = `
$schema: ./hubex-mock.schema.json
port: 0
host: localhost
logLevel: debug
allowPublicDelivery: true
allowHosts: [hooks.example.org, 8.8.8.8]
switches: { restoreEvent: 40, requireApplicationId: false }
`;
  expect(await settings(text)).toMatchObject({
    port: 0,
    host: 'localhost',
    logLevel: 'debug',
    allowPublicDelivery: true,
    allowHost: ['hooks.example.org', '8.8.8.8'],
    switch: { restoreEvent: '40', requireApplicationId: 'false' },
    seed: 1,
  });
});

test('an empty file changes nothing', async () => {
  expect(await settings('# nothing yet')).toMatchObject({ port: 4010, switch: {} });
});

test('a flag wins over a variable, a variable over the file', async () => {
  vi.stubEnv('HUBEX_MOCK_SEED', '2');
  vi.stubEnv('HUBEX_MOCK_ASSETS', '2');
  expect(await settings('port: 3\nseed: 3\nassets: 3', ['--seed', '1'])).toMatchObject({ seed: 1, assets: 2, port: 3 });
});

test.each<[string, RegExp]>([
  ['serviceTokn: x', /there is no setting serviceTokn; did you mean serviceToken\? Known: port, /],
  ['exec: rm -rf x', /there is no setting exec/],
  ['port: 70000', /port cannot be "70000"\. It must be a whole number from 0 to 65535/],
  ['port: "4010"', /port must be a number; it was "4010"/],
  ['allowPublicDelivery: perhaps', /allowPublicDelivery must be true or false; it was "perhaps"/],
  ['allowHosts: example.org', /allowHosts must be a list/],
  ['allowHosts: ["http://example.org/"]', /allowHosts cannot be "http:\/\/example.org\/"/],
  ['switches: [restoreEvent]', /switches must hold switches/],
  ['tenants: all', /tenants cannot be "all"\. Allowed choices are on-sight, known/],
  ['serviceToken: 5', /serviceToken must be a text; it was 5\. Put it in quotes/],
  ['- port', /must hold settings such as `port: 4010`/],
  ['a: [', /is not YAML/],
])('refuses %j', async (text, message) => {
  await expect(settings(text)).rejects.toMatchObject({
    code: 'mock/bad-config',
    message: expect.stringMatching(message),
  });
});

test('refuses a mistake even where a flag wins', async () => {
  await expect(settings('port: 70000', ['--port', '0'])).rejects.toThrow(/port cannot be/);
});

test('refuses a file that is not there', async () => {
  const command = addServeOptions(new Command('serve'));
  command.parse([], { from: 'user' });
  await expect(applyConfigFile(command, join(folder, 'none.yaml'))).rejects.toThrow(
    /none\.yaml cannot be read: ENOENT/,
  );
});
