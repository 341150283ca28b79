import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createResolver, pageRows } from './resolve.ts';
import type { AssetSource } from './source.ts';

interface Counted {
  readonly source: AssetSource;
  readonly calls: { get: number; page: number; count: number };
}

/** A tenant with these assets, sorted, and so many calls left. */
function tenant(ids: readonly number[], available: number): Counted {
  const calls = { get: 0, page: 0, count: 0 };
  const there = new Set(ids);
  const asset = (id: number): never => ({ id }) as never; // only the id matters here
  let left = available;
  return {
    calls,
    source: {
      async get(id) {
        calls.get++;
        left--;
        return there.has(id) ? asset(id) : undefined;
      },
      async page({ offset, size }) {
        calls.page++;
        left--;
        return { rows: ids.slice(offset, offset + size).map(asset), first: offset, total: ids.length };
      },
      async count() {
        calls.count++;
        left--;
        return ids.length;
      },
      available: () => Math.max(0, left),
    },
  };
}

const range = (from: number, count: number, step = 1): number[] =>
  Array.from({ length: count }, (_, index) => from + index * step);

async function resolve(source: AssetSource, wanted: readonly number[]): Promise<Map<number, boolean>> {
  const found = new Map<number, boolean>();
  await createResolver(source).resolve(wanted, (id, asset) => {
    expect(found.has(id)).toBe(false);
    found.set(id, asset !== undefined);
  });
  return found;
}

describe('the resolver', () => {
  test('reads each asset by itself while there are calls to spare', async () => {
    const { source, calls } = tenant(range(1, 50_000), 60);
    expect([...(await resolve(source, [7, 9, 99_999]))].sort()).toEqual([
      [7, true],
      [9, true],
      [99_999, false],
    ]);
    expect(calls).toEqual({ get: 3, page: 0, count: 0 });
  });

  test('reads lists when that is cheaper: the whole of a tenant with changes everywhere', async () => {
    const ids = range(1_000, 578_000, 3);
    const wanted = ids.filter((_, index) => index % 115 === 0);
    const { source, calls } = tenant(ids, 60);
    const found = await resolve(source, wanted);
    expect([found.size, [...found.values()].every(Boolean)]).toEqual([wanted.length, true]);
    expect(calls.get + calls.page + calls.count).toBeLessThanOrEqual(60);
  });

  test('finds what was imported last at the end of the list with a handful of calls', async () => {
    const { source, calls } = tenant(range(1, 300_000, 2), 0);
    const found = await resolve(source, range(580_001, 4_000, 2));
    expect([...found.values()].every(Boolean)).toBe(true);
    expect(calls.get + calls.page + calls.count).toBeLessThanOrEqual(6);
  });

  test('takes what a page does not show where it would have to stand for gone', async () => {
    const { source, calls } = tenant(range(2, 20_000, 2), 0);
    const found = await resolve(source, [...range(11, 500, 2), 4, 6]);
    expect([found.get(11), found.get(4), found.size]).toEqual([false, true, 502]);
    expect(calls.get).toBe(0);
  });

  test('uses what it has learnt from pages others have read', async () => {
    const { source, calls } = tenant(range(1, 100_000), 0);
    const resolver = createResolver(source);
    for (let offset = 0; offset < 100_000; offset += pageRows)
      resolver.learn(await source.page({ offset, size: pageRows }));
    const before = calls.page;
    await resolver.resolve(range(55_000, 100), () => undefined);
    expect([calls.page - before, calls.count, calls.get]).toEqual([1, 0, 0]);
  });

  test('rejects with the first error once nothing is under way any more, and reads the others all the same', async () => {
    const { source } = tenant(range(1, 100), 60);
    const found: number[] = [];
    const breaking: AssetSource = {
      ...source,
      async get(id) {
        if (id === 3) throw new Error('asset 3 is broken');
        for (let turn = 0; turn < id; turn++) await Promise.resolve();
        return source.get(id);
      },
    };
    const outcome = createResolver(breaking).resolve(range(1, 30), (id) => void found.push(id));
    await expect(outcome).rejects.toThrow('asset 3 is broken');
    expect(found.sort((a, b) => a - b)).toEqual(range(1, 30).filter((id) => id !== 3));
  });

  test('makes eight calls, not thousands, when the line is dead', async () => {
    let calls = 0;
    const dead: AssetSource = { ...tenant([], 60).source, get: () => Promise.reject(new Error(`call ${++calls}`)) };
    await expect(createResolver(dead).resolve(range(1, 50), () => undefined)).rejects.toThrow('call 1');
    expect(calls).toBe(8);
  });

  test('gives up on a list that is not in the order of ids, and reads one by one', async () => {
    const { source, calls } = tenant(range(1, 40_000), 0);
    // Every page claims to be far above what is looked for.
    const shuffled: AssetSource = {
      ...source,
      async page(wish) {
        const page = await source.page(wish);
        return { ...page, first: 20_000, rows: page.rows.map(({ id }) => ({ id: id + 500_000 }) as never) }; // only the id matters here
      },
    };
    const found: number[] = [];
    await createResolver(shuffled).resolve(range(100, 20), (id) => void found.push(id));
    expect(found).toHaveLength(20);
    expect(calls.page).toBeLessThanOrEqual(12);
  });

  test('answers every id once and truly, whatever the tenant, the wishes and the calls left', async () => {
    const ids = fc.uniqueArray(fc.integer({ min: 1, max: 100_000 }), { maxLength: 300, size: 'max' });
    await fc.assert(
      fc.asyncProperty(ids, ids, fc.integer({ min: 0, max: 100 }), async (there, wanted, available) => {
        const sorted = [...there].sort((a, b) => a - b);
        const found = await resolve(tenant(sorted, available).source, wanted);
        expect(found).toEqual(new Map([...found.keys()].map((id) => [id, sorted.includes(id)])));
        expect([...found.keys()].sort()).toEqual([...wanted].sort());
      }),
      { numRuns: 200 },
    );
  });
});
