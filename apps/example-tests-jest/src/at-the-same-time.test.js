const { hubexOperation } = require('@hubex-kit/msw');
const { withHubex } = require('@hubex-kit/msw/jest');
const { createHubexClient } = require('@hubex-kit/sdk/client');
const { HttpResponse } = require('msw');

// #region with
const it = withHubex(test);
// #endregion

/** @param {{ readonly serviceToken: string }} hubex */
const clientOf = ({ serviceToken }) => createHubexClient({ serviceToken, retry: { attempts: 0 } });
const kind = { companyID: 1, assetTypeID: 3, assetClassID: 1 };

let arrived = 0;
/** @type {(value?: unknown) => void} */
let allThere;
const together = new Promise((resolve) => {
  allThere = resolve;
});

for (const name of ['Лифт', 'Насос', 'Котёл']) {
  it.concurrent(`tests at the same time see only what is theirs: ${name}`, async ({ hubex }) => {
    const { id } = await clientOf(hubex).assets.create({ name, ...kind });
    if (++arrived === 3) allThere();
    await together;
    expect(await clientOf(hubex).assets.count()).toBe(301);
    expect((await clientOf(hubex).assets.get(id))?.name).toBe(name);
  });
}

describe('one after the other', () => {
  it('an override is for the test that made it', async ({ hubex }) => {
    hubex.server.use(hubexOperation('publishAsset', () => new HttpResponse(null, { status: 503 })));
    await expect(clientOf(hubex).assets.publish(102)).rejects.toMatchObject({ status: 503 });
  });

  it('the next one has HubEx as it was', async ({ hubex }) => {
    await clientOf(hubex).assets.publish(102);
    expect(await clientOf(hubex).assets.count()).toBe(300);
  });

  test('is also how a test without HubEx may stand beside them', () => {
    expect(arrived).toBe(3);
  });
});
