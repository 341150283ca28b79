import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assetRowText } from '../operations/ES/asset-list-item.ts';
import { createRandomness } from '../randomness.ts';
import { TenantSeeder } from '../seed/seed-tenant.ts';
import type { Asset } from './asset.ts';
import { AssetStore } from './asset-store.ts';
import type { Tenant } from './tenant.ts';

function tenantOf(assets: number): Tenant {
  const now = Date.UTC(2026, 2, 2);
  const parts = { id: 105, tag: '00002x', serviceToken: 't', seed: 1, randomness: createRandomness(1) };
  return new TenantSeeder(now).seed({ ...parts, assets, now });
}

function record(id: number, change: Partial<Asset> = {}): Asset {
  const [any] = tenantOf(1).assets.all();
  if (!any) throw new Error('The seed made no asset.');
  return { ...any, id, ...change };
}

const step = fc.record({
  kind: fc.constantFrom('create', 'delete', 'restore', 'rename', 'move', 'fork'),
  at: fc.nat(1_000),
  below: fc.nat(1_000),
});

/** Does something to a store; a move never makes a cycle, because parents have smaller ids. */
function apply(store: AssetStore, { kind, at, below }: { kind: string; at: number; below: number }): AssetStore {
  const all = store.all();
  const asset = all[at % all.length];
  if (!asset) return store;
  const parent = all.filter(({ id }) => id < asset.id)[below % Math.max(1, all.indexOf(asset))];
  switch (kind) {
    case 'create':
      store.put({ ...asset, id: store.takeId(), parentId: asset.id, deleted: null, locationId: null });
      return store;
    case 'delete':
      store.put({ ...asset, deleted: 5 });
      return store;
    case 'restore':
      store.put({ ...asset, deleted: null });
      return store;
    case 'rename':
      store.put({ ...asset, name: `${asset.name}!` });
      return store;
    case 'move':
      store.put({ ...asset, parentId: parent?.id ?? null });
      return store;
    default:
      return store.fork();
  }
}

test('lists what is not deleted, in id order, whatever happened before', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let store = tenantOf(25).assets;
      for (const each of steps) {
        const before = store;
        const listed = [...before.live()];
        store = apply(store, each);
        expect(store.live()).toEqual(store.all().filter(({ deleted }) => deleted === null));
        // The store a fork was made of is left alone.
        if (before !== store) expect(before.live()).toEqual(listed);
      }
    }),
  );
});

test('a row kept as text is what rendering it anew gives, whatever happened before', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const tenant = tenantOf(25);
      for (const each of steps) {
        apply(tenant.assets, each.kind === 'fork' ? { ...each, kind: 'rename' } : each);
        for (const asset of tenant.assets.live())
          expect(assetRowText(asset, tenant)).toBe(assetRowText(asset, { ...tenant, assets: tenant.assets.fork() }));
      }
    }),
  );
});

test('a fork and its origin do not see each other’s changes', () => {
  const origin = new AssetStore(1);
  origin.put(record(1));
  origin.put(record(2, { parentId: 1 }));
  const fork = origin.fork();
  fork.put(record(3, { parentId: 1 }));
  origin.put(record(2, { parentId: null }));
  expect(fork.children(1).map(({ id }) => id)).toEqual([2, 3]);
  expect(origin.children(1)).toEqual([]);
  expect([fork.size, origin.size, fork.hasLiveChild(1), origin.hasLiveChild(1)]).toEqual([3, 2, true, false]);
});

test('ids may come in any order', () => {
  const store = new AssetStore(1);
  const randomness = createRandomness(3);
  const ids = Array.from({ length: 50 }, () => 1 + randomness.below(9_000));
  for (const id of [9, 4, 7, ...ids]) store.put(record(id));
  expect(store.live().map(({ id }) => id)).toEqual([...new Set([4, 7, 9, ...ids])].sort((a, b) => a - b));
});
