import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { createMockServer, type MockServer } from '@hubex-kit/mock-server';
import { createHubexClient } from '@hubex-kit/sdk/client';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** Runs the program as its users do. */
function run(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; output: string }> {
  const flags = ['--import', 'tsx', '--conditions=@hubex-kit/source', join(import.meta.dirname, 'main.ts'), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, flags, { env: { ...process.env, ...env } }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

let server: MockServer;
let env: Record<string, string>;

beforeEach(async () => {
  server = await createMockServer({ port: 0 });
  env = { HUBEX_API_URL: server.apiUrl, HUBEX_SERVICE_TOKEN: server.serviceToken };
});

afterEach(() => server.stop());

test('publishes what is ready and nothing else', async () => {
  const hubex = createHubexClient({ baseUrl: server.apiUrl, serviceToken: server.serviceToken, rateLimit: false });
  const { id } = await hubex.assets.create({
    name: 'Лифт',
    companyID: 1,
    assetTypeID: 3,
    assetClassID: 1,
    serialNumber: 'SN-7',
  });
  const { id: bare } = await hubex.assets.create({ name: 'Насос', companyID: 1, assetTypeID: 3, assetClassID: 1 });
  const rehearsal = await run(['--dry-run'], env);
  expect([rehearsal.code, (await hubex.assets.get(id))?.published]).toEqual([0, undefined]);
  const { code, output } = await run([], env);
  expect(output).toMatch(/^\d+ ready, \d+ published, \d+ in all \(items=\d+-\d+\/\d+\)$/m);
  expect(code).toBe(0);
  expect((await hubex.assets.get(id))?.published).toBeTypeOf('string');
  expect((await hubex.assets.get(bare))?.published).toBeUndefined();
});

test.each<[string, string[], () => Record<string, string>, number, RegExp]>([
  ['1 when HubEx refuses', [], () => ({ HUBEX_API_URL: `${server.apiUrl}/wrong` }), 1, /HubEx answered 404/],
  ['1 without a token', [], () => ({ HUBEX_SERVICE_TOKEN: '' }), 1, /serviceToken must be/],
  ['2 for an option there is not', ['--dry'], () => ({}), 2, /--dry/],
])('ends with %s and says why', async (_, args, wrong, code, message) => {
  const result = await run(args, { ...env, ...wrong() });
  expect(result).toEqual({ code, output: expect.stringMatching(message) });
});
