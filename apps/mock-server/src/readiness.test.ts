import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createReadiness } from './readiness.ts';

test('answers 503 while starting, hands on when ready, answers 503 when stopping', async () => {
  const readiness = createReadiness();
  const server = createServer(readiness.listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/__mock/ready`; // it listens on a port
  const starting = await fetch(url);
  expect([starting.status, starting.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await starting.json()).toMatchObject({ ready: false, error: { code: 'mock/starting' } });
  readiness.open((_request, response) => response.end('open'));
  expect(await (await fetch(url)).text()).toBe('open');
  readiness.close();
  expect(await (await fetch(url)).json()).toMatchObject({ ready: false, error: { code: 'mock/stopping' } });
  await new Promise((resolve) => server.close(resolve));
});
