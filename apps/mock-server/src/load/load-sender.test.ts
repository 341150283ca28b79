import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { LoadError } from './load-error.ts';
import { openLoadSender } from './load-sender.ts';

const options = { connections: 2, timeoutMs: 500, allowHosts: [] };

test.each<[string, string, readonly string[], RegExp]>([
  ['a public address', 'http://8.8.8.8/', [], /neither loopback nor private.*add --allow-host 8\.8\.8\.8/],
  ['a public address when another is allowed', 'http://8.8.8.8/', ['8.8.4.4'], /neither loopback nor private/],
  ['a metadata address, allowed or not', 'http://169.254.169.254/', ['169.254.169.254'], /metadata address/],
  ['a name nobody has', 'http://nobody.invalid/', [], /No address was found for nobody\.invalid/],
])('refuses %s', async (_, to, allowHosts, message) => {
  const opened = openLoadSender(new URL(to), { ...options, allowHosts });
  await expect(opened).rejects.toBeInstanceOf(LoadError);
  await expect(opened).rejects.toThrow(message);
});

test('opens a public host that is allowed by name', async () => {
  await (await openLoadSender(new URL('http://8.8.8.8/'), { ...options, allowHosts: ['8.8.8.8'] })).close();
});

test('does not follow redirects, and gives up on an answer that does not come', async () => {
  let calls = 0;
  const server = createServer((_request, response) => {
    calls++;
    if (calls === 1) response.writeHead(307, { location: '/elsewhere' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  const { send, close } = await openLoadSender(new URL(`http://127.0.0.1:${port}/`), options);
  expect(await send('{}')).toEqual({ kind: 'answered', status: 307 });
  expect(await send('{}')).toEqual({ kind: 'lost', reason: 'no answer within 500 ms' });
  expect(calls).toBe(2);
  await close();
  server.closeAllConnections();
  server.close();
});
