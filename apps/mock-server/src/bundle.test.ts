import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const dist = join(import.meta.dirname, '../dist');

/** Uses what the bundle loads late: Express, undici, the three parts of the spreadsheet library. Expects `createMockServer` and `workbooks`. */
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
  const want = { sheet: 'assets', rows: 5000, columns: 10 };
  const lengthOf = async (rows) => {
    const { sheet } = await workbooks.read(await workbooks.write([{ name: 'Assets', rows }], { modified: 0 }), want);
    return sheet.rows.length;
  };
  const small = await lengthOf([['x'], ['y']]);
  const large = await lengthOf(Array.from({ length: 1500 }, (_, row) => [String(row).padEnd(3000, 'x')]));
  process.stdout.write(JSON.stringify([ready.status, reason, template.status, small, large]));
  await server.stop();
})();
`;

// The tests of this package run its source; these two run what was built of it.
test.each([
  ['CommonJS', 'commonjs', 'cjs', (name: string, path: string) => `const { ${name} } = require('${path}');`],
  ['ESM', 'module', 'js', (name: string, path: string) => `import { ${name} } from '${path}';`],
])('as %s the bundle answers, delivers, writes and reads workbooks', async (_, type, ending, load) => {
  const from = (file: string): string => join(dist, `${file}.${ending}`);
  const loaded = load('createMockServer', from('index')) + load('workbooks', from('workbooks'));
  const { stdout } = await promisify(execFile)(process.execPath, [`--input-type=${type}`, '--eval', loaded + job]);
  expect(JSON.parse(stdout)).toEqual([200, 'The receiver answered 404.', 200, 2, 1500]);
});

test('--help and --version are answered without the program, with what the program would say', async () => {
  const run = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)(process.execPath, [join(dist, 'cli.js'), ...args])).stdout;
  expect(await run('--help')).toBe(await run('help'));
  expect(await run('--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(readFileSync(join(dist, 'THIRD-PARTY.txt'), 'utf8')).toMatch(/\nexpress [\s\S]*\nundici /);
});
