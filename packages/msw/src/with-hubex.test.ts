import { createHubexClient } from '@hubex-kit/client';
import { createReceiver } from '@hubex-kit/receiver';
import { toFetchHandler } from '@hubex-kit/receiver/fetch';
import { HttpResponse } from 'msw';
import { describe, expect, test } from 'vitest';
import { hubexOperation } from './index.ts';
import { withHubex } from './with-hubex.ts';

const it = withHubex(test);
const secret = 'a-secret-of-enough-characters';

describe('a test with HubEx', () => {
  it('lets the client talk to it by its real address', async ({ hubex }) => {
    const { serviceToken } = hubex;
    const client = createHubexClient({ serviceToken });
    expect(await client.assets.count()).toBe(300);
    await client.assets.publish(102);
    expect((await client.assets.get(102))?.published).toBeTypeOf('string');
  });

  it('hands deliveries to a receiver without a socket and without msw catching them', async ({ hubex }) => {
    const seen: unknown[] = [];
    const receiver = createReceiver({ secrets: secret }).on('*', ({ id, assetId }) => void seen.push([id, assetId]));
    hubex.connect(toFetchHandler(receiver), { uri: `https://me.test/hook?key=${secret}` });
    hubex.emit({ eventId: 40, assetId: 101 });
    expect(await hubex.settled()).toEqual({ settled: true, pending: 0 });
    await receiver.idle();
    expect(seen).toEqual([[40, 101]]);
    expect(hubex.deliveries().items).toMatchObject([{ state: 'delivered', attempts: [{ status: 204 }] }]);
  });

  it('overrides one operation the way of msw, and leaves the others', async ({ hubex }) => {
    const client = createHubexClient({ serviceToken: hubex.serviceToken, retry: { attempts: 0 } });
    hubex.server.use(hubexOperation('publishAsset', () => new HttpResponse(null, { status: 503 }), { once: true }));
    await expect(client.assets.publish(102)).rejects.toMatchObject({ code: 'hubex/server', status: 503 });
    expect((await client.assets.get(102))?.id).toBe(102);
    await client.assets.publish(102);
  });

  it('leaves no override to the next test: first it is made', async ({ hubex }) => {
    hubex.server.use(hubexOperation('publishAsset', () => new HttpResponse(null, { status: 503 })));
  });

  it('leaves no override to the next test: then HubEx answers again', async ({ hubex }) => {
    await createHubexClient({ serviceToken: hubex.serviceToken, retry: { attempts: 0 } }).assets.publish(102);
  });

  it('refuses an operation the spec does not have, and a base address that is none', () => {
    // @ts-expect-error the types refuse it too
    expect(() => hubexOperation('publishAset', () => undefined)).toThrow(/publishAsset/);
    expect(() => hubexOperation('getAsset', () => undefined, { baseUrl: 'hubex' })).toThrow(/baseUrl/);
  });
});

describe.concurrent('tests at the same time', () => {
  const tenants = new Set<number>();
  for (const number of [1, 2, 3, 4, 5]) {
    it(`see only what is theirs, ${number}`, async ({ hubex, expect }) => {
      tenants.add(hubex.info.tenantId);
      const client = createHubexClient({ serviceToken: hubex.serviceToken });
      const { id } = await client.assets.create({
        name: `Лифт ${number}`,
        companyID: 1,
        assetTypeID: 3,
        assetClassID: 1,
      });
      expect((await client.assets.get(id))?.name).toBe(`Лифт ${number}`);
      expect(await client.assets.count()).toBe(301);
      expect(tenants.size).toBeLessThanOrEqual(5);
    });
  }
});

const elsewhere = withHubex(test, { baseUrl: 'http://hubex.local:8080/api/v1', simulator: { assets: 7, seed: 4 } });

elsewhere('can be at another address and start otherwise', async ({ hubex }) => {
  const client = createHubexClient({ serviceToken: hubex.serviceToken, baseUrl: hubex.baseUrl });
  expect(await client.assets.count()).toBe(7);
});
