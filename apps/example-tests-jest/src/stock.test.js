const { hubexOperation } = require('@hubex-kit/msw');
const { useHubex } = require('@hubex-kit/msw/node');
const { createHubexClient } = require('@hubex-kit/sdk/client');
const { toFetchHandler } = require('@hubex-kit/sdk/receiver/fetch');
const { HttpResponse } = require('msw');
require('@hubex-kit/testing/jest');
const { Stock } = require('./stock.js');

const secret = 'a-secret-of-enough-characters';
const uri = `https://stock.test/hook?key=${secret}`;
const lift = { name: 'Лифт', companyID: 1, assetTypeID: 3, assetClassID: 1, serialNumber: 'SN-7' };

// #region setup
const hubex = useHubex({ beforeAll, beforeEach, afterAll });
// #endregion

const clientOf = () => createHubexClient({ serviceToken: hubex().serviceToken, retry: { attempts: 0 } });

test('knows what was created', async () => {
  const [stock, client] = [new Stock(), clientOf()];
  // #region receiver
  const receiver = stock.receiver(client, secret);
  hubex().connect(toFetchHandler(receiver), { uri });
  await client.assets.create(lift);
  await hubex().settled();
  await receiver.idle();
  expect(hubex()).toHaveReceived({ eventId: 40, count: 1 });
  // #endregion
  expect(stock.bySerial.get('SN-7')).toBe('Лифт');
});

test('knows nothing of the test before: assets, webhooks and deliveries are as in the beginning', async () => {
  expect(await clientOf().assets.count()).toBe(300);
  expect(hubex().deliveries().total).toBe(0);
  await clientOf().assets.create(lift);
  await hubex().settled();
  expect(hubex()).not.toHaveReceived({ eventId: 40 });
});

test('says what was sent instead, when a matcher fails', async () => {
  hubex().connect(() => new Response(null, { status: 204 }), { events: [40, 41] });
  hubex().emit({ eventId: 41, assetId: 101 });
  await hubex().settled();
  expect(hubex()).toHaveReceived({ eventId: 41, assetId: 101 });
  expect(() => expect(hubex()).toHaveReceived({ eventId: 40 })).toThrowErrorMatchingInlineSnapshot(`
"expected at least one delivered with {"eventId":40}; there were 0.
The last of 1:
  event 41, asset 101: delivered"
`);
  expect(() => expect(hubex()).not.toHaveReceived({ eventId: 41 })).toThrowErrorMatchingInlineSnapshot(`
"expected none delivered with {"eventId":41}; there were 1.
The last of 1:
  event 41, asset 101: delivered"
`);
});

describe('an operation that fails', () => {
  test('is overridden the way of msw, and only this one', async () => {
    // #region override
    const unavailable = hubexOperation('publishAsset', () => new HttpResponse(null, { status: 503 }));
    hubex().server.use(unavailable);
    // #endregion
    await expect(clientOf().assets.publish(102)).rejects.toMatchObject({ code: 'hubex/server', status: 503 });
    await expect(clientOf().assets.get(102)).resolves.toMatchObject({ id: 102 });
  });

  test('works again in the next test', async () => {
    await clientOf().assets.publish(102);
    expect((await clientOf().assets.get(102))?.published).toEqual(expect.any(String));
  });
});

test('a receiver that fails is told apart from one that has received', async () => {
  hubex().connect(() => new Response(null, { status: 500 }));
  hubex().emit({ eventId: 42, assetId: 101 });
  await hubex().settled();
  expect(hubex()).not.toHaveReceived({ eventId: 42 });
});
