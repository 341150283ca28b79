import type { AssetListItem } from '@hubex-kit/contract';
import { Engine } from '../src/engine.ts';
import { createMemoryInbox } from '../src/inbox/memory-inbox.ts';
import { reconcile } from '../src/reconcile/reconcile.ts';
import { type AssetState, toState } from '../src/resolver/asset-state.ts';
import { digest } from '../src/resolver/digest.ts';
import { createWorld, type Fate, type World } from './world.ts';

/** What one case came to. */
export interface CaseResult {
  readonly seed: number;
  /** Assets whose mirrored state is not the API's. */
  readonly wrong: readonly number[];
  readonly crashes: number;
  readonly outages: number;
  readonly deliveries: number;
  /** Deliveries that never came; a case without any gets no comparison at its end. */
  readonly lost: number;
}

/** A small repeatable source of numbers from 0 to below 1 (mulberry32). */
export function randomness(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * One case: somebody works in HubEx while deliveries are doubled, delayed, reordered and lost, handlers fail, the process is killed
 * (what is not in the inbox is forgotten) and the receiver is away for a while. If anything was lost a comparison runs in the end; the
 * mirror must be what the API says.
 */
export async function runCase(seed: number): Promise<CaseResult> {
  const random = randomness(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T; // never empty here
  const world = await createWorld({ seed, assets: 8 + Math.floor(random() * 12), perMinute: pick([3, 60, 1000]) });
  const fates: readonly Fate[] = pick([
    ['arrives'],
    ['arrives', 'twice', 'late'],
    ['arrives', 'twice', 'late', 'lost'],
  ]);
  world.fate = () => pick(fates);
  world.delay = () => 1 + Math.floor(random() * 6_000);
  const slowest = pick([1, 900, 8_000]);
  world.latency = () => Math.floor(random() * slowest);
  const inbox = createMemoryInbox();
  const mirror = new Map<number, AssetState>();
  const failing = pick([0, 0.2]);
  let [crashes, outages] = [0, 0];
  let alive = { yes: true };

  const boot = async (): Promise<Engine> => {
    alive = { yes: true };
    const mine = alive;
    // A killed process does nothing any more: not to the mirror, not to the inbox.
    const guarded = new Proxy(inbox, {
      get: (target, name: keyof typeof inbox) =>
        typeof target[name] !== 'function'
          ? target[name]
          : (...given: unknown[]) =>
              mine.yes ? (target[name] as (...all: unknown[]) => unknown)(...given) : new Promise(() => undefined),
    });
    const takeTime = async (): Promise<void> => {
      await new Promise<void>((resolve) => world.clock.after(Math.floor(random() * 900), resolve));
      if (!mine.yes) await new Promise(() => undefined);
    };
    const fails = (): void => {
      if (random() < failing) throw new Error('the handler fails now and then');
    };
    const engine = new Engine({
      tenantId: world.sim.control.info.tenantId,
      source: world.source,
      inbox: guarded,
      async onAsset(state) {
        await takeTime();
        fails();
        mirror.set(state.id, state);
      },
      async onGone(assetId) {
        await takeTime();
        fails();
        mirror.delete(assetId);
      },
      onError: () => undefined,
      ...{
        quietMs: 2_000,
        maxWaitMs: 30_000,
        retryMs: 1_000,
        maxRetryMs: 60_000,
        concurrency: 4,
        pollMs: 30_000,
        clock: world.clock,
        random,
      },
    });
    await engine.start();
    world.receiver = inbox;
    return engine;
  };
  let engine = await boot();
  const walk = (): Promise<unknown> => {
    const { tenantId } = world.sim.control.info;
    const signal = new AbortController().signal;
    const { now } = world.clock;
    return reconcile({ ...{ tenantId, source: world.source, inbox, engine, now, signal }, freshSince: now() });
  };
  const compare = async (): Promise<void> => {
    let over = false;
    const done = walk().finally(() => {
      over = true;
    });
    for (let turn = 0; turn < 1_000 && !over; turn++) await world.advance(1_000);
    await done;
  };
  // As createAssetSync does it: one comparison at a time.
  let walking: Engine | undefined;
  await compare();
  for (let step = 0; step < 25; step++) {
    await act(world, random, pick);
    // A comparison amid the work: what it reads may be older than what the deliveries have led to.
    if (random() < 0.15 && !walking) {
      const mine = engine;
      walking = engine;
      void walk()
        .catch(() => undefined)
        .finally(() => {
          if (walking === mine) walking = undefined;
        });
    }
    if (random() < 0.5) await world.advance(Math.floor(random() * 4_000));
    if (random() < 0.06) {
      crashes++;
      alive.yes = false;
      world.receiver = undefined;
      if (random() < 0.5) {
        outages++;
        for (let missed = 0; missed < 3; missed++) await act(world, random, pick);
        await world.advance(5_000);
      }
      walking = undefined;
      engine = await boot();
    }
  }
  // The last word: deliveries are no longer lost, the process stays, what was lost is found by comparing.
  world.fate = () => 'arrives';
  await world.advance(20_000);
  for (let turn = 0; turn < 1_000 && walking; turn++) await world.advance(1_000);
  // Without a loss the deliveries alone must do.
  const { lost } = world;
  if (lost > 0) await compare();
  for (let turn = 0; turn < 400 && engine.pending > 0; turn++) await world.advance(5_000);
  const truth = new Map<number, AssetState>();
  const listed = (await world.send('GET', '/ES/Assets')).data as Record<string, AssetListItem> | undefined;
  for (const row of Object.values(listed ?? {})) truth.set(row.id, toState(row));
  const ids = new Set([...truth.keys(), ...mirror.keys()]);
  // A site that changes shows in its children (host, inherited address) without an event for them: only comparing finds that.
  const shown = (state: AssetState | undefined): string | undefined => state && digest(lost > 0 ? state : own(state));
  const wrong = [...ids].filter((id) => shown(mirror.get(id)) !== shown(truth.get(id)));
  const deliveries = world.sim.control.deliveries().total;
  alive.yes = false;
  await world.sim.control.close();
  return { seed, wrong, crashes, outages, deliveries, lost };
}

/** What belongs to an asset itself. */
function own({ host: _, hostAsset: __, location, ...state }: AssetState): object {
  return state.isHostLocation ? state : { ...state, location };
}

/** Somebody does something in HubEx; what it refuses is no matter. */
async function act(world: World, random: () => number, pick: <T>(values: readonly T[]) => T): Promise<void> {
  const listed = (await world.send('GET', '/ES/Assets')).data as Record<string, AssetListItem> | undefined;
  const ids = Object.keys(listed ?? {}).map(Number);
  const id = ids.length > 0 ? pick(ids) : 0;
  const many = ids.filter(() => random() < 0.4);
  const body = {
    name: `Asset ${Math.floor(random() * 1e6)}`,
    companyID: 1,
    assetTypeID: 3,
    assetClassID: 1,
    parentID: 101,
  };
  const acts: readonly (() => Promise<unknown>)[] = [
    () => world.send('POST', '/ES/Assets', body),
    () => world.send('PUT', `/ES/Assets/${id}`, body),
    () => world.send('PUT', '/ES/Assets', { assets: many, isPublished: random() < 0.5 }),
    () => world.send('PUT', '/ES/Assets', { assets: many, companyID: pick([1, 2, 3]) }),
    () => world.send('DELETE', `/ES/Assets/${id}`),
    () => world.send('PUT', `/ES/Assets/${id}/publish`),
    () => world.send('PUT', `/ES/Assets/${id}/unpublish`),
    () => world.send('PUT', '/ES/Assets/restore?withNested=false', [101 + Math.floor(random() * 30)]),
  ];
  try {
    await pick(acts)();
  } catch {
    // Refused, as a person at the screen would be.
  }
}
