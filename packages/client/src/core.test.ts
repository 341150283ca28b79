import { operations } from '@hubex-kit/contract/operations';
import { createManualClock, createSimulator } from '@hubex-kit/simulator';
import { describe, expect, expectTypeOf, test } from 'vitest';
import * as core from './core.ts';
import {
  type CallerOptions,
  createCaller,
  createRateLimiter,
  getAsset,
  isHubexError,
  limited,
  listAssets,
  publishAsset,
  repeating,
  type Send,
  walk,
} from './core.ts';
import { readRoute } from './send/route.ts';

const sim = createSimulator({ assets: 40 });

function caller(options: Partial<CallerOptions> = {}): ReturnType<typeof createCaller> {
  const fetch: typeof globalThis.fetch = (input, init) => sim.fetch(new Request(input, init));
  const { serviceToken } = sim.control.info;
  return createCaller({ serviceToken, baseUrl: 'https://hubex.test/fsm', fetch, ...options } as CallerOptions);
}

test.each(Object.values(operations))('$id has a route that says what the operation table says', (operation) => {
  const route = Object.entries(core).find(([name]) => name === operation.id)?.[1];
  const { id, method, path, query, marks } = readRoute(String(route) as typeof getAsset);
  expect({ id, method, path }).toEqual({ id: operation.id, method: operation.method, path: operation.path });
  const paging = operation.ranged ? ['offset', 'fetch'] : [];
  expect(query.toSorted()).toEqual([...new Set([...paging, ...operation.query.map(({ name }) => name)])].sort());
  expect([marks.includes('*'), marks.includes('~'), marks.includes('!')]).toEqual([
    operation.ranged,
    operation.auth === 'anonymous',
    operation.body?.media === 'multipart',
  ]);
});

describe('a caller', () => {
  test('makes one call, typed by its route', async () => {
    const call = caller();
    const { data, status } = await call(getAsset, { path: { assetID: 101 } });
    expectTypeOf(data?.id).toEqualTypeOf<number | undefined>();
    expect([status, data?.id]).toEqual([200, 101]);
    // @ts-expect-error the id of the asset is missing
    await expect(call(publishAsset, {})).rejects.toMatchObject({ code: 'hubex/bad-option', field: 'assetID' });
    // @ts-expect-error a filter HubEx would ignore
    const misspelt = call(listAssets, { query: { compnyID: 1 } });
    await expect(misspelt).rejects.toMatchObject({ field: 'compnyID', message: expect.stringContaining('companyID') });
  });

  test('walks through lists', async () => {
    const ids: string[] = [];
    for await (const [id] of walk(caller(), { route: listAssets, pageSize: 7 })) ids.push(id);
    expect(ids).toHaveLength(40);
  });

  test('repeats and keeps to a limit when it is given both', async () => {
    const clock = createManualClock(Date.UTC(2026, 2, 2));
    const limiter = createRateLimiter({ perMinute: 60, burst: 2, clock });
    let tries = 0;
    const fetch: typeof globalThis.fetch = async () => new Response(null, { status: ++tries < 3 ? 503 : 204 });
    const call = caller({
      accessToken: 'abc',
      serviceToken: undefined,
      clock,
      fetch,
      around: (send: Send) => repeating(limited(send, limiter), { baseMs: 0 }, { clock }),
    } as never); // the credentials of the harness are replaced
    const reply = call(getAsset, { path: { assetID: 1 } });
    for (let step = 0; step < 20; step++) {
      await new Promise(setImmediate);
      clock.advance(100);
    }
    expect([(await reply).status, tries]).toEqual([204, 3]);
  });

  test('ends at once when the caller gives up or the time is over, even if fetch does not listen', async () => {
    const clock = createManualClock(0);
    const deaf: typeof globalThis.fetch = () => new Promise(() => undefined);
    const call = createCaller({ accessToken: 'abc', fetch: deaf, clock, timeoutMs: 1_000 });
    const controller = new AbortController();
    const given = call(getAsset, { path: { assetID: 1 }, signal: controller.signal });
    const slow = call(getAsset, { path: { assetID: 1 } });
    await new Promise(setImmediate);
    controller.abort(new Error('enough'));
    await expect(given).rejects.toMatchObject({ code: 'hubex/aborted', cause: { message: 'enough' } });
    clock.advance(1_000);
    const error = await slow.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(isHubexError(error, 'hubex/timeout') && error.field).toBe('timeoutMs');
  });
});
