import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** Starts a server in a fresh process; prints whether undici is there before the first webhook is registered and after its first delivery. */
const script = `
import { createRequire } from 'node:module';
import { createMockServer } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
const { cache } = createRequire(import.meta.url);
const isLoaded = () => Object.keys(cache).some((path) => path.includes('/undici/'));
const server = await createMockServer({ port: 0, assets: 10, switches: { requireApplicationId: false } });
const post = (path, body, authorization = '') => fetch(server.apiUrl + path, {
  method: 'POST', body: JSON.stringify(body), headers: { authorization, 'content-type': 'application/json' },
}).then((response) => response.json());
const { access_token } = await post('/AUTHZ/AccessTokens', { serviceToken: server.serviceToken });
const before = isLoaded();
const hook = { name: 'nobody', uri: 'http://127.0.0.1:1/', isActive: true, events: [41] };
await post('/MSG/Webhooks', [hook], 'Bearer ' + access_token);
server.simulator.control.emit({ eventId: 41, assetId: 101 });
await server.simulator.control.settled();
process.stdout.write(JSON.stringify({ before, after: isLoaded() }));
await server.stop();
`;

test('a server without webhooks starts without undici', async () => {
  const flags = ['--import', 'tsx', '--conditions=@hubex-kit/source', '--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, flags, { cwd: import.meta.dirname });
  expect(JSON.parse(stdout)).toEqual({ before: false, after: true });
});
