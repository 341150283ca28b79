import assert from 'node:assert/strict';
import { after as afterAll, before as beforeAll, beforeEach, test } from 'node:test';
import { createHubexClient } from '@hubex-kit/client';
import { useHubex } from '@hubex-kit/msw/node';

// The runner of Node itself, whose hooks are named like mocha's.
const hubex = useHubex({ beforeAll, beforeEach, afterAll });

for (const name of ['one', 'another'])
  test(`each test has HubEx as it was in the beginning (${name})`, async () => {
    const client = createHubexClient({ serviceToken: hubex().serviceToken });
    assert.equal(await client.assets.count(), 300);
    await client.assets.create({ name: 'Лифт', companyID: 1, assetTypeID: 3, assetClassID: 1 });
    assert.equal(await client.assets.count(), 301);
  });
