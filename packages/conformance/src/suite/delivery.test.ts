import { expect } from 'vitest';
import { conformance } from '../harness/conformance.ts';

const fields = [
  'TenantID',
  'TaskID',
  'AssetID',
  'TaskConversationID',
  'TenantMemberID',
  'AccountID',
  'UserID',
  'CompanyID',
  'EventID',
  'TaskStageID',
];

conformance('delivery', (behaviour) => {
  behaviour('B140 B141 B142 B143 B144 B145 posts one JSON object of ten fields, empty ones as null', async (hubex) => {
    await hubex.hook();
    const id = await hubex.create();
    await hubex.settled();
    const [delivery] = hubex.recorder.received;
    expect(delivery?.method).toBe('POST');
    expect(delivery?.headers['content-type']).toBe('application/json; charset=utf-8');
    const body = JSON.parse(delivery?.text ?? '');
    expect(Object.keys(body)).toEqual(fields);
    const rest = Object.fromEntries(fields.map((name) => [name, null]));
    expect(body).toEqual({ ...rest, TenantID: 105, AssetID: id, EventID: 40 });
  });
  behaviour(
    'B143 leaves empty fields out when told so',
    async (hubex) => {
      await hubex.hook();
      const id = await hubex.create();
      await hubex.settled();
      expect(JSON.parse(hubex.recorder.received[0]?.text ?? '')).toEqual({ TenantID: 105, AssetID: id, EventID: 40 });
    },
    { switches: { deliveryEmptyFields: 'omitted' } },
  );
  behaviour(
    'B145 fills CompanyID when told so',
    async (hubex) => {
      await hubex.hook();
      await hubex.create({ companyID: 3 });
      await hubex.settled();
      expect(JSON.parse(hubex.recorder.received[0]?.text ?? '').CompanyID).toBe(3);
    },
    { switches: { deliveryCompanyId: true } },
  );
  behaviour('B146 sends nothing to tell one delivery from another', async (hubex) => {
    await hubex.hook();
    const id = await hubex.create();
    const body = { name: 'Чиллер', companyID: 1, assetTypeID: 4, assetClassID: 1, parentID: 101 };
    await hubex.expect(202, `PUT /ES/Assets/${id}`, body);
    await hubex.expect(202, `PUT /ES/Assets/${id}`, body);
    await hubex.settled();
    const [, first, second] = hubex.recorder.received;
    expect(second).toEqual(first);
    const own = ['content-type', 'content-length', 'host', 'connection'];
    expect(Object.keys(first?.headers ?? {}).filter((name) => !own.includes(name))).toEqual([]);
  });
  behaviour('B147 takes any 2xx for success and everything else for failure', async (hubex) => {
    const id = await hubex.hook();
    const calls: number[] = [];
    for (const status of [200, 201, 204, 299, 302, 307, 400, 404, 500]) {
      hubex.recorder.answer = () => status;
      await hubex.create();
      await hubex.settled();
      calls.push((await hubex.expect(200, `GET /MSG/Webhooks/${id}`)).json.callsRemaining);
    }
    expect(calls).toEqual([10, 10, 10, 10, 9, 8, 7, 6, 5]);
    expect(hubex.recorder.received).toHaveLength(9);
  });
  behaviour(
    'B147 takes only 200 for success when told so',
    async (hubex) => {
      const id = await hubex.hook();
      await hubex.create();
      await hubex.settled();
      expect((await hubex.expect(200, `GET /MSG/Webhooks/${id}`)).json.callsRemaining).toBe(9);
    },
    { switches: { deliverySuccess: '200' } },
  );
  behaviour('B148 gives up after 30 seconds of silence', async (hubex) => {
    const id = await hubex.hook();
    const asked = new Promise<void>((resolve) => {
      hubex.recorder.answer = () => {
        resolve();
        return 'silence';
      };
    });
    await hubex.create();
    await asked;
    hubex.clock.advance(29_999);
    expect(hubex.control.deliveries({ state: 'pending' }).total).toBe(1);
    hubex.clock.advance(1);
    await hubex.settled();
    const { callsRemaining, lastCall } = (await hubex.expect(200, `GET /MSG/Webhooks/${id}`)).json;
    expect([callsRemaining, lastCall.exception]).toEqual([9, 'no answer within 30000 ms']);
  });
  behaviour('B149 lets neither calls nor webhooks wait for each other', async (hubex) => {
    const silent = await hubex.hook({ name: 'Молчит', uri: `${hubex.receiverUrl}/silent` });
    await hubex.hook({ uri: `${hubex.receiverUrl}/quick` });
    let open = 0;
    const crowd = new Promise<void>((resolve) => {
      hubex.recorder.answer = ({ url }) => {
        if (!url.endsWith('/silent')) return 204;
        if (++open === 8) resolve();
        return 'silence';
      };
    });
    for (let count = 0; count < 12; count++) await hubex.create();
    const { ok } = await hubex.control.wait({ webhookId: silent + 1, count: 12 });
    expect(ok).toBe(true);
    await crowd;
    expect(open).toBe(8);
    await hubex.expect(200, 'GET /ES/Assets/101');
  });
  behaviour('B129 B130 does not repeat a failed call', async (hubex) => {
    await hubex.hook();
    hubex.recorder.answer = () => 500;
    await hubex.create();
    await hubex.settled();
    hubex.clock.advance(3_600_000);
    expect(hubex.recorder.received).toHaveLength(1);
  });
  behaviour(
    'B129 B130 repeats a failed call after a pause when told so',
    async (hubex) => {
      const id = await hubex.hook();
      const attempts: number[] = [];
      let asked = (): void => undefined;
      const next = (): Promise<void> => new Promise((resolve) => (asked = resolve));
      hubex.recorder.answer = () => {
        attempts.push(hubex.clock.now());
        asked();
        return attempts.length < 3 ? 500 : 204;
      };
      const first = next();
      await hubex.create();
      await first;
      for (const wanted of [2, 3]) {
        const again = next();
        // The failure is noted a moment after the answer; time stands still until then.
        while (attempts.length < wanted) {
          hubex.clock.advance(5000);
          await Promise.race([again, new Promise((resolve) => setTimeout(resolve))]);
        }
      }
      await hubex.settled();
      expect(attempts).toHaveLength(3);
      expect(hubex.control.deliveries().items[0]).toMatchObject({
        state: 'delivered',
        attempts: [{ status: 500 }, { status: 500 }, { status: 204 }],
      });
      expect((await hubex.expect(200, `GET /MSG/Webhooks/${id}`)).json.callsRemaining).toBe(10);
    },
    { switches: { deliveryRetries: 2, deliveryRetryDelayMs: 5000 } },
  );
  behaviour('B150 delivers changes made by the owner of the webhook himself', async (hubex) => {
    await hubex.hook();
    const id = await hubex.create();
    expect(await hubex.events()).toEqual([`40 ${id}`]);
  });
  behaviour('B151 calls every webhook bound to the event, once per event and asset', async (hubex) => {
    await hubex.hook({ events: [40] });
    await hubex.hook({ events: [40, 43] });
    await hubex.hook({ events: [42] });
    const id = await hubex.create({ isAutoPublish: true });
    expect(await hubex.events()).toEqual([`40 ${id}`, `40 ${id}`, `43 ${id}`]);
  });
  behaviour(
    'B148 gives up after the time it is told',
    async (hubex) => {
      await hubex.hook();
      const asked = new Promise<void>((resolve) => {
        hubex.recorder.answer = () => {
          resolve();
          return 'silence';
        };
      });
      await hubex.create();
      await asked;
      hubex.clock.advance(500);
      await hubex.settled();
      expect(hubex.control.deliveries().items[0]).toMatchObject({ state: 'failed', reason: 'no answer within 500 ms' });
    },
    { switches: { deliveryTimeoutMs: 500 } },
  );
  behaviour(
    'B149 makes as many calls of a webhook at a time as it is told',
    async (hubex) => {
      await hubex.hook();
      const waiting: string[] = [];
      const crowd = new Promise<void>((resolve) => {
        hubex.recorder.answer = ({ text }) => {
          if (waiting.push(text) === 2) resolve();
          return 'silence';
        };
      });
      for (let count = 0; count < 5; count++) await hubex.create();
      await crowd;
      await hubex.expect(200, 'GET /ES/Assets/101');
      expect(waiting).toHaveLength(2);
    },
    { switches: { deliveryConcurrency: 2 } },
  );
});
