import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const dist = join(import.meta.dirname, '../dist');

/** Uses what the bundle loads late: Express, undici, the spreadsheet library. Expects `createMockServer`. */
const job = `
(async () => {
  const server = await createMockServer({ port: 0, switches: { requireApplicationId: false } });
  const ready = await fetch(server.controlUrl + '/ready');
  const headers = { 'content-type': 'application/json' };
  const post = (path, body) => fetch(server.apiUrl + path, { method: 'POST', headers, body: JSON.stringify(body) });
  const { access_token } = await (await post('/AUTHZ/AccessTokens', { serviceToken: server.serviceToken })).json();
  headers.authorization = 'Bearer ' + access_token;
  await post('/MSG/Webhooks', [{ name: 'x', uri: server.url + '/nowhere', isActive: true, events: [41] }]);
  const { control } = server.simulator;
  control.emit({ eventId: 41, assetId: 101 });
  await control.settled();
  const template = await fetch(server.apiUrl + '/EXPORT/Assets?noData=true', { headers });
  const { items: [{ reason }] } = control.deliveries();
  process.stdout.write(JSON.stringify([ready.status, reason, template.status, (await template.arrayBuffer()).byteLength > 1000]));
  await server.stop();
})();
`;

// The tests of this package run its source; these two run what was built of it.
test.each([
  ['CommonJS', 'commonjs', `const { createMockServer } = require(${JSON.stringify(join(dist, 'index.cjs'))});`],
  ['ESM', 'module', `import { createMockServer } from ${JSON.stringify(join(dist, 'index.js'))};`],
])('as %s the bundle answers, delivers and makes workbooks', async (_, type, load) => {
  const { stdout } = await promisify(execFile)(process.execPath, [`--input-type=${type}`, '--eval', `${load}${job}`]);
  expect(JSON.parse(stdout)).toEqual([200, 'The receiver answered 404.', 200, true]);
});

test('--help and --version are answered without the program, with what the program would say', async () => {
  const run = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)(process.execPath, [join(dist, 'cli.js'), ...args])).stdout;
  expect(await run('--help')).toBe(await run('help'));
  expect(await run('--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(readFileSync(join(dist, 'THIRD-PARTY.txt'), 'utf8')).toMatch(/\nexpress [\s\S]*\nundici /);
});
