import { useHubex } from '@hubex-kit/msw/node';
import { createHubexClient } from '@hubex-kit/sdk/client';
import { createReceiver } from '@hubex-kit/sdk/receiver';
import { toFetchHandler } from '@hubex-kit/sdk/receiver/fetch';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import '@hubex-kit/testing/jest';

const secret = 'a-secret-of-enough-characters';
const hubex = useHubex({ beforeAll, beforeEach, afterAll });

test.each(['Лифт', 'Насос'])(
  'an ES module knows what was created, and nothing of the test before: %s',
  async (name) => {
    const client = createHubexClient({ serviceToken: hubex().serviceToken });
    /** @type {unknown[]} */
    const names = [];
    const receiver = createReceiver({ secrets: secret }).on('*', async ({ assetId }) => {
      names.push((await client.assets.get(Number(assetId)))?.name);
    });
    hubex().connect(toFetchHandler(receiver), { uri: `https://stock.test/hook?key=${secret}` });
    await client.assets.create({ name, companyID: 1, assetTypeID: 3, assetClassID: 1 });
    await hubex().settled();
    await receiver.idle();
    expect(hubex()).toHaveReceived({ eventId: 40, count: 1 });
    expect(names).toEqual([name]);
  },
);
