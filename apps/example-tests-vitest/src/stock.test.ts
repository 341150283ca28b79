import { withHubex } from '@hubex-kit/msw/vitest';
import { createHubexClient } from '@hubex-kit/sdk/client';
import { toFetchHandler } from '@hubex-kit/sdk/receiver/fetch';
import { expect, test } from 'vitest';
import '@hubex-kit/testing/vitest';
import { Stock } from './stock.ts';

const secret = 'a-secret-of-enough-characters';
const uri = `https://stock.test/hook?key=${secret}`;

// #region setup
const it = withHubex(test);
// #endregion

it('knows what was created', async ({ hubex }) => {
  const [stock, client] = [new Stock(), createHubexClient({ serviceToken: hubex.serviceToken })];
  // #region receiver
  hubex.connect(toFetchHandler(stock.receiver(client, secret)), { uri });
  await client.assets.create({ name: 'Лифт', companyID: 1, assetTypeID: 3, assetClassID: 1, serialNumber: 'SN-7' });
  await expect.poll(() => stock.bySerial.get('SN-7'), { interval: 1 }).toBe('Лифт');
  // #endregion
  expect(hubex).toHaveReceived({ eventId: 40, count: 1 });
});

it('finds what no delivery told', async ({ hubex }) => {
  const [stock, client] = [new Stock(), createHubexClient({ serviceToken: hubex.serviceToken, rateLimit: false })];
  await client.assets.create({ name: 'Насос', companyID: 1, assetTypeID: 3, assetClassID: 1, serialNumber: 'SN-8' });
  // #region sync
  const sync = stock.sync(client, hubex.info.tenantId);
  await sync.start();
  await expect.poll(() => stock.bySerial.get('SN-8'), { timeout: 10_000 }).toBe('Насос');
  // #endregion
  await sync.stop();
});
