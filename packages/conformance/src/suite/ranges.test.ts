import { expect } from 'vitest';
import { conformance } from '../harness/conformance.ts';
import type { Hubex, JsonReply } from '../harness/hubex.ts';

/** 40 assets, 101 to 140. */
const list = 'GET /ES/Assets';

function range(hubex: Hubex, value: string, path = list): Promise<JsonReply> {
  return hubex.send(path, undefined, { headers: { Range: value } });
}

function ids({ json }: JsonReply): readonly number[] {
  return Object.keys(json).map(Number);
}

conformance('ranges', (behaviour) => {
  behaviour('B050 B055 counts Range from 1, includes both ends and answers 206 with Content-Range', async (hubex) => {
    const reply = await range(hubex, 'items=1-5');
    expect(reply.status).toBe(206);
    expect(reply.headers['content-range']).toBe('items=1-5/40');
    expect(ids(reply)).toEqual([101, 102, 103, 104, 105]);
    expect(ids(await range(hubex, 'items=6-7'))).toEqual([106, 107]);
  });
  behaviour('B051 matches the unit without regard to case', async (hubex) => {
    expect((await range(hubex, 'Items=1-5')).headers['content-range']).toBe('items=1-5/40');
  });
  behaviour('B052 starts at 1 when asked for 0', async (hubex) => {
    const reply = await range(hubex, 'items=0-9');
    expect(reply.headers['content-range']).toBe('items=1-9/40');
    expect(ids(reply)).toHaveLength(9);
  });
  behaviour('B053 clamps the right edge', async (hubex) => {
    expect((await range(hubex, 'items=31-999')).headers['content-range']).toBe('items=31-40/40');
  });
  behaviour('B054 B056 counts offset from 0 and answers 206 with Content-Range', async (hubex) => {
    const reply = await hubex.expect(206, `${list}?offset=0&fetch=5`);
    expect(reply.headers['content-range']).toBe('items=1-5/40');
    expect(reply.json).toEqual((await range(hubex, 'items=1-5')).json);
    expect(ids(await hubex.expect(206, `${list}?offset=10&fetch=2`))).toEqual([111, 112]);
  });
  behaviour('B057 answers 200 without Content-Range when no range is asked for', async (hubex) => {
    const reply = await hubex.expect(200, list);
    expect(reply.headers).not.toHaveProperty('content-range');
    expect(ids(reply)).toHaveLength(40);
  });
  behaviour(
    'B058 silently cuts at 10000 rows',
    async (hubex) => {
      const reply = await hubex.expect(200, list);
      expect(ids(reply)).toHaveLength(10_000);
      expect(reply.headers).not.toHaveProperty('content-range');
      expect(reply.headers['x-hubex-mock-warning']).toMatch(/B058/);
    },
    { assets: 10_050 },
  );
  behaviour('B059 tells the total on HEAD, without a body', async (hubex) => {
    const reply = await hubex.expect(200, 'HEAD /ES/Assets');
    expect(reply.headers['content-range']).toBe('items=0-0/40');
    expect(reply.text).toBe('');
  });
  behaviour('B060 ignores an unusable offset or fetch', async (hubex) => {
    for (const query of ['offset=-5', 'fetch=abc', 'offset=1000000000', 'offset=-1&fetch=x']) {
      const reply = await hubex.expect(200, `${list}?${query}`);
      expect(ids(reply)).toHaveLength(40);
      expect(reply.headers['x-hubex-mock-warning']).toMatch(/B060/);
    }
  });
  behaviour('B061 answers 204 without a body to an empty list', async (hubex) => {
    expect((await hubex.expect(204, 'GET /MSG/Webhooks')).text).toBe('');
    await hubex.expect(204, `${list}?name=no-such-name`);
  });
  behaviour('B062 answers 204 to a range beyond the end', async (hubex) => {
    expect((await range(hubex, 'items=41-50')).status).toBe(204);
    await hubex.expect(204, `${list}?offset=40&fetch=5`);
  });
  behaviour(
    'B062 answers 416 to a range beyond the end when told so',
    async (hubex) => {
      expect((await range(hubex, 'items=41-50')).status).toBe(416);
    },
    { switches: { rangeBeyondEnd: '416' } },
  );
  behaviour('B063 honours ranges on every list', async (hubex) => {
    await hubex.hook();
    await hubex.expect(201, 'POST /ADM/Tenants/this/variables', [{ name: 'k', value: 'v' }]);
    const lists = [
      '/ES/Assets/root',
      '/ES/Assets/101/assets',
      '/ES/Assets/101/assets/all',
      '/COMMON/Events',
      '/MSG/Webhooks',
      '/ADM/Tenants/this/variables',
    ];
    for (const path of lists) {
      const reply = await range(hubex, 'items=1-1', `GET ${path}`);
      expect(reply.status, path).toBe(206);
      expect(Object.keys(reply.json)).toHaveLength(1);
    }
  });
  behaviour('B064 ignores a Range header it cannot read', async (hubex) => {
    for (const value of ['bytes=0-5', 'items=5', 'items=9-3', 'items=a-b']) {
      const reply = await range(hubex, value);
      expect(reply.status).toBe(200);
      expect(reply.headers['x-hubex-mock-warning']).toMatch(/B064/);
    }
  });
  behaviour('B065 reads to the end with offset alone and from the start with fetch alone', async (hubex) => {
    expect((await hubex.expect(206, `${list}?offset=38`)).headers['content-range']).toBe('items=39-40/40');
    expect((await hubex.expect(206, `${list}?fetch=3`)).headers['content-range']).toBe('items=1-3/40');
  });
  behaviour('B066 counts what the same filter lists', async (hubex) => {
    const listed = ids(await hubex.expect(200, `${list}?isPublished=true`)).length;
    expect(listed).toBeLessThan(40);
    expect((await hubex.expect(200, 'HEAD /ES/Assets?isPublished=true')).headers['content-range']).toBe(
      `items=0-0/${listed}`,
    );
  });
  behaviour('B067 orders lists by id', async (hubex) => {
    const found = [];
    for (let first = 1; first <= 40; first += 7) found.push(...ids(await range(hubex, `items=${first}-${first + 6}`)));
    expect(found).toEqual(Array.from({ length: 40 }, (_, index) => 101 + index));
  });
});
