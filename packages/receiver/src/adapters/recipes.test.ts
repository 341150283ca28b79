import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

const secret = 'Zm9yLXRlc3RzLW9ubHktMTI4Yml0';
const address = `/hubex?key=${secret}`;
const init = { method: 'POST', body: '{"TenantID":105,"AssetID":7,"EventID":42}' };
const request = (): Request => new Request(`http://own.example${address}`, init);
const event = { httpMethod: 'POST', path: '/hubex', queryStringParameters: { key: secret }, body: init.body };

beforeAll(() => {
  vi.stubEnv('HUBEX_WEBHOOK_SECRET', secret);
  vi.stubEnv('HUBEX_FORMER_SECRET', 'YW5vdGhlci1zZWNyZXQtMTI4Yml0');
});

afterAll(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

/** The status a delivery gets from a server that is started for it alone. */
async function post(made: Server | RequestListener): Promise<number> {
  const server = typeof made === 'function' ? createServer(made) : made;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  const { status } = await fetch(`http://127.0.0.1:${port}${address}`, { ...init, headers: { connection: 'close' } });
  await new Promise((resolve) => server.close(resolve));
  return status;
}

/** Plays the global that Bun and Deno have; what they do with the handler, tools/runtimes shows. */
async function served(global: string, recipe: () => Promise<unknown>): Promise<number> {
  const serve = vi.fn();
  vi.stubGlobal(global, { serve });
  await recipe();
  const [first, second] = serve.mock.calls[0] ?? [];
  return (await (second ?? first.fetch)(request())).status;
}

test.each<[string, () => Promise<number | undefined>]>([
  ['Hono', async () => (await (await import('../../recipes/hono.ts')).app.request(address, init)).status],
  ['Next', async () => (await (await import('../../recipes/next.ts')).POST(request())).status],
  ['SvelteKit', async () => (await (await import('../../recipes/sveltekit.ts')).POST({ request: request() })).status],
  ['Bun', () => served('Bun', () => import('../../recipes/bun.ts'))],
  ['Deno', () => served('Deno', () => import('../../recipes/deno.ts'))],
  [
    'Workers',
    async () => {
      const waitUntil = vi.fn();
      const { default: worker } = await import('../../recipes/workers.ts');
      const { status } = await worker.fetch(request(), {}, { waitUntil });
      expect(waitUntil).toHaveBeenCalledTimes(1);
      return status;
    },
  ],
  ['node:http', async () => post((await import('../../recipes/node-http.ts')).server)],
  ['Express', async () => post((await import('../../recipes/express.ts')).app)],
  [
    'Fastify',
    async () => {
      const { app } = await import('../../recipes/fastify.ts');
      await app.ready();
      return post(app.server);
    },
  ],
  ['Koa', async () => post((await import('../../recipes/koa.ts')).app.callback())],
  [
    'NestJS',
    async () => {
      const { app } = await import('../../recipes/nest.ts');
      await app.init();
      return post(app.getHttpServer());
    },
  ],
  ['AWS Lambda', async () => (await (await import('../../recipes/aws-lambda.ts')).handler(event)).statusCode],
  ['Yandex', async () => (await (await import('../../recipes/yandex-functions.ts')).handler(event)).statusCode],
  [
    'Google',
    async () => {
      await import('../../recipes/google-functions.ts');
      const { getTestServer } = await import('@google-cloud/functions-framework/testing');
      return post(getTestServer('hubex'));
    },
  ],
])('the recipe for %s takes a delivery', async (_, deliver) => {
  const { log, receiver } = await import('../../recipes/receiver.ts');
  const before = log.length;
  expect(await deliver()).toBe(204);
  await receiver.idle();
  expect(log.slice(before)).toEqual([['forget', 7]]);
  expect(log[0]).toEqual(['warn', 'https://own.example/hubex?key=***']);
});

test('the recipe for understanding names what happened', async () => {
  const { describe } = await import('../../recipes/understanding.ts');
  expect(describe(init.body)).toBe('7 is gone');
  expect(describe('{"TenantID":105,"AssetID":7,"EventID":43}')).toBe('7: asset.published');
  expect(describe('{"TenantID":105,"TaskID":9,"EventID":3}')).toBe('event 3 of task 9');
  expect(describe('{}')).toBe('no delivery: TenantID');
});
