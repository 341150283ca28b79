import { describe, expect, test } from 'vitest';
import type { Offer } from '../engine-settings.ts';
import { createMemoryInbox } from '../inbox/memory-inbox.ts';
import type { SyncInbox } from '../inbox/sync-inbox.ts';
import { toState } from '../resolver/asset-state.ts';
import { digest } from '../resolver/digest.ts';
import type { AssetSource, ReadOptions } from '../resolver/source.ts';
import { type DifferenceSink, type ReconcileProgress, type ReconcileSettings, reconcile } from './reconcile.ts';

const tenantId = 105;
const row = (id: number, name = `Asset ${id}`): never => ({ id, name }) as never; // what a walk looks at
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** A tenant that can change between pages, and what was asked of it. */
function tenant(ids: number[]): { ids: number[]; asked: number[]; options: ReadOptions[]; source: AssetSource } {
  const state = { ids, asked: [] as number[], options: [] as ReadOptions[] };
  return Object.assign(state, {
    source: {
      async get(id: number, options: ReadOptions = {}) {
        state.options.push(options);
        return state.ids.includes(id) ? row(id) : undefined;
      },
      async page({ offset, size }: { offset: number; size: number }, options: ReadOptions = {}) {
        state.asked.push(offset);
        state.options.push(options);
        const rows = state.ids.slice(offset, offset + size).map((id) => row(id));
        return { rows, first: offset, total: state.ids.length };
      },
      count: async () => state.ids.length,
      available: () => 60,
    } satisfies AssetSource,
  });
}

/** A mirror that takes every difference at once. */
function sink(inbox: SyncInbox): DifferenceSink & { readonly offered: Offer[] } {
  const offered: Offer[] = [];
  return {
    offered,
    moment: () => 1,
    forget: () => undefined,
    learn: () => undefined,
    idle: async () => undefined,
    pendingIn: () => [],
    async offer(offers) {
      offered.push(...offers);
      for (const { assetId, state } of offers)
        await inbox.finish({ tenantId, assetId }, 0, state ? { digest: digest(state) } : undefined);
    },
  };
}

async function mirrored(inbox: SyncInbox): Promise<number[]> {
  return [...(await inbox.snapshots({ tenantId, above: 0, through: Number.POSITIVE_INFINITY })).keys()];
}

function settings(
  source: AssetSource,
  inbox: SyncInbox,
  more: Partial<ReconcileSettings> = {},
): ReconcileSettings & { readonly signal: AbortSignal } {
  const engine = sink(inbox);
  return { tenantId, source, inbox, engine, now: () => 1_000, signal: new AbortController().signal, ...more };
}

describe('a comparison', () => {
  test('finds what is new, looks different and is gone, page after page, with calls nobody else needs', async () => {
    const inbox = createMemoryInbox();
    const world = tenant(range(1, 25_000));
    await reconcile(settings(world.source, inbox));
    expect(await mirrored(inbox)).toEqual(world.ids);
    await inbox.finish({ tenantId, assetId: 12_345 }, 0, { digest: digest(toState(row(12_345, 'Old name'))) });
    world.ids = [...range(1, 6_999), ...range(7_001, 25_001)];
    const progress: ReconcileProgress[] = [];
    const result = await reconcile(settings(world.source, inbox, { onProgress: (each) => void progress.push(each) }));
    expect(result).toEqual({ rows: 25_000, total: 25_000, added: 1, changed: 1, gone: 1 });
    expect(progress.map(({ rows }) => rows)).toEqual([10_000, 19_999, 25_000]);
    expect(await mirrored(inbox)).toEqual(world.ids);
    expect(world.options.every(({ priority }) => priority === 'spare')).toBe(true);
  });

  test('goes on where the process was killed', async () => {
    const inbox = createMemoryInbox();
    const world = tenant(range(1, 25_000));
    const dying: AssetSource = {
      ...world.source,
      page: (wish, options) =>
        wish.offset > 10_000 ? Promise.reject(new Error('killed')) : world.source.page(wish, options),
    };
    await expect(reconcile(settings(dying, inbox))).rejects.toThrow('killed');
    world.asked.length = 0;
    const result = await reconcile(settings(world.source, inbox));
    expect(world.asked).toEqual([19_998]);
    expect([result.added, await inbox.read('reconcile')]).toEqual([25_000, undefined]);
    expect(await mirrored(inbox)).toEqual(world.ids);
  });

  test('begins anew when the interrupted one is older than what it has to find', async () => {
    const inbox = createMemoryInbox();
    const world = tenant(range(1, 25_000));
    const stop = new AbortController();
    const first = settings(world.source, inbox, { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(reconcile(first)).rejects.toMatchObject({ name: 'AbortError' });
    world.asked.length = 0;
    await reconcile(settings(world.source, inbox, { freshSince: 2_000 }));
    expect(world.asked[0]).toBe(0);
  });

  test('misses no row although rows before it are deleted while it walks', async () => {
    const inbox = createMemoryInbox();
    const world = tenant(range(1, 30_000));
    let pages = 0;
    const changing: AssetSource = {
      ...world.source,
      async page(wish, options) {
        const page = await world.source.page(wish, options);
        if (++pages === 1) world.ids = range(5_001, 30_000);
        return page;
      },
    };
    await reconcile(settings(changing, inbox));
    expect((await mirrored(inbox)).filter((id) => id > 5_000)).toEqual(world.ids);
  });

  test('counts only when nobody takes the differences, and leaves no trace', async () => {
    const inbox = createMemoryInbox();
    const world = tenant(range(1, 15_000));
    const result = await reconcile(settings(world.source, inbox, { engine: undefined }));
    expect([result.added, await mirrored(inbox), await inbox.read('reconcile')]).toEqual([15_000, [], undefined]);
  });

  test('says so when the list is not in the order of ids', async () => {
    const inbox = createMemoryInbox();
    const world = tenant(range(1, 25_000));
    const same: AssetSource = {
      ...world.source,
      page: async (wish) => ({ ...(await world.source.page({ ...wish, offset: 0 })), first: wish.offset }),
    };
    await expect(reconcile(settings(same, inbox))).rejects.toMatchObject({ code: 'sync/unordered-list' });
  });
});
