import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { useHubex } from '@hubex-kit/msw/node';
import { createHubexClient } from '@hubex-kit/sdk/client';
import { toFetchHandler } from '@hubex-kit/sdk/receiver/fetch';
import { Stock } from './stock.js';

const secret = 'a-secret-of-enough-characters';
const hubex = useHubex({ beforeAll, beforeEach, afterAll });

test.each(['Лифт', 'Насос'])('an ES module needs no setup and knows what was created: %s', async (name) => {
  const [stock, client] = [new Stock(), createHubexClient({ serviceToken: hubex().serviceToken })];
  const receiver = stock.receiver(client, secret);
  hubex().connect(toFetchHandler(receiver), { uri: `https://stock.test/hook?key=${secret}` });
  await client.assets.create({ name, companyID: 1, assetTypeID: 3, assetClassID: 1, serialNumber: 'SN-7' });
  await hubex().settled();
  await receiver.idle();
  expect(hubex()).toHaveReceived({ eventId: 40, count: 1 });
  expect([...stock.bySerial]).toEqual([['SN-7', name]]);
});
