import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createManualClock, type ManualClock } from '../clock.ts';
import type { Tenant } from '../domain/tenant.ts';
import { FaultPlan } from '../faults/fault-plan.ts';
import { switchDefaults } from '../generated/switches.ts';
import type { CallResult, OutgoingCall } from '../outbox/deliverer.ts';
import { Outbox } from '../outbox/outbox.ts';
import { createRandomness } from '../randomness.ts';
import { TenantSeeder } from '../seed/seed-tenant.ts';
import { tagOf } from '../world/tenant-id.ts';
import type { RunState } from './run-state.ts';
import type { Scenario } from './scenario.ts';
import { type RunOptions, ScenarioRun } from './scenario-run.ts';
import { namedScenarios } from './scenarios/named-scenarios.ts';

const monday = Date.UTC(2026, 2, 1, 21); // midnight in Moscow

const seeders = new Map<number, TenantSeeder>();

/** Content is made once for each start; tenants share it until they write. */
function seederFor(start: number): TenantSeeder {
  const seeder = seeders.get(start) ?? new TenantSeeder(start);
  seeders.set(start, seeder);
  return seeder;
}

interface Stage {
  readonly run: ScenarioRun;
  readonly clock: ManualClock;
  readonly outbox: Outbox;
  readonly calls: OutgoingCall[];
  readonly tenant: Tenant;
  readonly faults: FaultPlan;
  /** Every event, listened to or not. */
  readonly announced: readonly { readonly eventId: number; readonly assetId: number; readonly cause: string }[];
  /** Milliseconds of every timer that was set. */
  readonly waits: readonly number[];
  /** Advances until the run is over, letting deliveries finish in between. */
  play(tick?: number): Promise<RunState>;
}

function stage(
  scenario: Scenario,
  { assets = 300, start = monday, ...options }: RunOptions & { assets?: number; start?: number } = {},
): Stage {
  const waits: number[] = [];
  const announced: { eventId: number; assetId: number; cause: string }[] = [];
  const manual = createManualClock(start);
  const clock: ManualClock = {
    ...manual,
    after(ms, act) {
      waits.push(ms);
      return manual.after(ms, act);
    },
  };
  const seed = options.seed ?? 1;
  const tenant = seederFor(start).seed({
    ...{ id: 105, tag: tagOf(105), serviceToken: 'demo-service-token' },
    ...{ seed, assets, now: start, randomness: createRandomness(seed) },
  });
  const faults = new FaultPlan({ seed, clock });
  const uri = 'http://127.0.0.1/hook';
  tenant.webhooks.set(1, {
    ...{ id: 1, name: 'h', description: null, uri, isActive: true, events: [40, 41, 42, 43, 44], taskStages: [] },
    ...{ callsRemaining: 10, lastCall: null, deleted: false },
  });
  const calls: OutgoingCall[] = [];
  const deliver = async (call: OutgoingCall): Promise<CallResult> => {
    calls.push(call);
    return { kind: 'answered', status: 204 };
  };
  const nothing = (): void => undefined;
  const observer = { announced: nothing, queued: nothing, attempted: nothing, finished: nothing, quiet: nothing };
  const outbox = new Outbox({
    tenant,
    clock,
    faults,
    deliver: () => deliver,
    switches: switchDefaults,
    journalLimit: 20_000,
    observer,
  });
  const run = new ScenarioRun(scenario, {
    ...options,
    ...{ tenant, clock, faults, switches: switchDefaults },
    announce(events, cause) {
      announced.push(...events.map(({ eventId, asset }) => ({ eventId, assetId: asset.id, cause })));
      outbox.announce(events, { cause });
    },
  });
  const play = async (tick = 1000): Promise<RunState> => {
    while (run.state().state === 'running') {
      clock.advance(tick);
      while (outbox.pending > 0) await Promise.resolve();
    }
    return run.over;
  };
  return { run, clock, outbox, calls, tenant, faults, waits, announced, play };
}

const short: Scenario = {
  name: 'short',
  phases: [
    { do: [{ action: 'import', count: 4, changed: 0.5 }] },
    { for: '30s', flow: { rate: '1/s', mix: { edit: 6, create: 2, publish: 2, unpublish: 2, delete: 1 } } },
    {
      do: [
        { action: 'mass-edit', count: 5 },
        { action: 'mass-unpublish', count: 4 },
        { action: 'mass-delete', count: 3 },
      ],
    },
  ],
};

/** Everything that could differ between two runs. */
function transcript({ outbox, run }: Stage): string {
  return [JSON.stringify(run.state()), ...outbox.journal.find({}).map((record) => JSON.stringify(record))].join('\n');
}

/** Breaks of the life cycle, read from the events alone and the state before. */
function breaks(stage: Stage, before: ReadonlyMap<number, { published: boolean }>): string[] {
  const states = new Map([...before].map(([id, { published }]) => [id, { published, deleted: false }]));
  const found: string[] = [];
  for (const { eventId, assetId } of stage.announced) {
    const state = states.get(assetId);
    if ((eventId === 40) === (state !== undefined))
      found.push(`${eventId} of ${assetId}: ${state ? 'again' : 'before it exists'}`);
    if (state?.deleted) found.push(`${eventId} of ${assetId} after its deletion`);
    if (eventId === 43 && state?.published) found.push(`${assetId} published twice`);
    if (eventId === 44 && !state?.published) found.push(`${assetId} unpublished twice`);
    const published = eventId === 43 || (eventId !== 44 && (state?.published ?? false));
    states.set(assetId, { published, deleted: eventId === 42 });
  }
  return found;
}

describe('every named scenario', () => {
  test.each(namedScenarios)('$name finishes without a refusal and with a consistent life cycle', async (scenario) => {
    const staged = stage(scenario);
    const before = publishedOf(staged);
    const state = await staged.play(60_000);
    expect(state).toMatchObject({ state: 'finished', progress: 1, refused: 0 });
    expect(breaks(staged, before)).toEqual([]);
    expect(Object.values(state.events).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(100);
  });

  test.each(namedScenarios)('$name says in a sentence what it models', ({ models }) => {
    expect(models).toMatch(/^[A-Z].{60,}\.$/s);
  });
});

function publishedOf({ tenant }: Stage): ReadonlyMap<number, { published: boolean }> {
  return new Map(tenant.assets.all().map(({ id, published }) => [id, { published: published !== null }]));
}

test('keeps life cycles consistent whatever the seed, the mix and the size of the tenant', async () => {
  const weight = fc.integer({ min: 0, max: 9 });
  const scenario = fc.record({
    seed: fc.integer(),
    assets: fc.integer({ min: 0, max: 40 }),
    mix: fc.record({ edit: weight, create: weight, publish: weight, unpublish: weight, delete: weight }),
    choose: fc.constantFrom('popular', 'any', 'newest', 'oldest'),
    count: fc.integer({ min: 1, max: 30 }),
  });
  await fc.assert(
    fc.asyncProperty(scenario, async ({ seed, assets, mix, choose, count }) => {
      const staged = stage(
        {
          name: 'any',
          phases: [
            { for: '30m', flow: { rate: '3/m', mix: { ...mix, edit: mix.edit + 1 }, choose } },
            {
              at: '5m',
              do: [
                { action: 'mass-publish', count, choose },
                { action: 'mass-delete', count, after: '5m' },
              ],
            },
            {
              at: '7m',
              do: [
                { action: 'import', count, changed: 0.5 },
                { action: 'mass-unpublish', count, after: '9m' },
              ],
            },
          ],
        },
        { seed, assets },
      );
      const before = publishedOf(staged);
      expect((await staged.play(60_000)).refused).toBe(0);
      expect(breaks(staged, before)).toEqual([]);
    }),
    { numRuns: 200 },
  );
}, 60_000);

test('a thousand runs of the same seed, start and scenario give the same bytes', async () => {
  const hashes = new Set<string>();
  for (let run = 0; run < 1000; run++) {
    const staged = stage(short, { assets: 30 });
    await staged.play(5000);
    hashes.add(createHash('sha256').update(transcript(staged)).digest('hex'));
  }
  expect([...hashes]).toMatchInlineSnapshot(`
    [
      "a49411dbd173d3b023798933580aaaf4d853781e45d6c54f974f0fea49a58fd1",
    ]
  `);
});

test.each<[string, Parameters<typeof stage>[1]]>([
  ['seed', { seed: 2, assets: 30 }],
  ['start', { start: monday + 1, assets: 30 }],
])('another %s gives another fingerprint', async (_, options) => {
  const [one, other] = [stage(short, { assets: 30 }), stage(short, options)];
  expect((await one.play()).fingerprint).not.toBe((await other.play()).fingerprint);
});

test('every event has the operation that caused it', async () => {
  const staged = stage(short, { assets: 30 });
  await staged.play();
  const causes = new Set(staged.announced.map(({ eventId, cause }) => `${eventId} ${cause}`));
  expect([...causes].sort()).toEqual([
    '40 createAsset',
    '40 importAssets',
    '41 importAssets',
    '41 updateAsset',
    '41 updateAssets',
    '42 deleteAsset',
    '42 deleteAssets',
    '43 publishAsset',
    '44 unpublishAsset',
    '44 updateAssets',
  ]);
});

test('a few popular assets change most in steady-day, nights are quiet and so is Sunday', async () => {
  const [steadyDay] = namedScenarios;
  if (!steadyDay) throw new Error('steady-day is the first');
  const staged = stage(steadyDay);
  await staged.play();
  const records = staged.outbox.journal.find({});
  const byAsset = new Map<number, number>();
  for (const { assetId } of records) byAsset.set(assetId ?? 0, (byAsset.get(assetId ?? 0) ?? 0) + 1);
  const counts = [...byAsset.values()].sort((a, b) => b - a);
  const top = counts.slice(0, 15).reduce((sum, count) => sum + count, 0);
  expect(top / records.length).toBeGreaterThan(0.3);
  const atNight = records.filter(({ created }) => (new Date(created).getUTCHours() + 3) % 24 < 7).length;
  expect(atNight / records.length).toBeLessThan(0.05);
  const sunday = stage(steadyDay, { start: monday - 86_400_000 });
  await sunday.play();
  expect(sunday.outbox.journal.find({}).length).toBeLessThan(records.length / 5);
});

test('flaky-receiver loses single events and leaves the webhook on', async () => {
  const flaky = named('flaky-receiver');
  const staged = stage(flaky);
  await staged.play();
  const failed = staged.outbox.journal.find({ state: 'failed' });
  const total = staged.outbox.journal.find({}).length;
  expect(failed.length / total).toBeGreaterThan(0.1);
  expect(failed.length / total).toBeLessThan(0.25);
  expect(failed[0]?.reason).toMatch(/^the connection broke off after \d+ bytes/);
  expect(staged.tenant.webhooks.get(1)?.isActive).toBe(true);
});

test('outage-and-recovery: ten failures, silence, and deliveries again after the webhook is switched on', async () => {
  const staged = stage(named('outage-and-recovery'));
  const state = await staged.play();
  expect(staged.outbox.journal.find({ state: 'failed' })).toHaveLength(10);
  expect(state.actions['activate-webhooks']).toBe(1);
  const caused = Object.values(state.events).reduce((sum, count) => sum + count, 0);
  const delivered = staged.calls.length;
  expect(delivered).toBeLessThan(caused - 30);
  const minutes = staged.outbox.journal
    .find({ state: 'delivered' })
    .map(({ created }) => (Date.parse(created) - monday) / 60_000);
  expect(minutes.filter((at) => at > 30 && at < 70)).toEqual([]);
  expect(minutes.some((at) => at > 70)).toBe(true);
});

function named(name: string): Scenario {
  const found = namedScenarios.find((each) => each.name === name);
  if (!found) throw new Error(`no scenario ${name}`);
  return found;
}

test('stop ends it at once, with the faults it brought', async () => {
  const staged = stage(named('flaky-receiver'));
  staged.clock.advance(30 * 60_000);
  expect(staged.faults.size).toBe(1);
  staged.run.stop();
  staged.run.stop();
  const before = staged.outbox.journal.find({}).length;
  staged.clock.advance(3_600_000);
  expect(staged.outbox.journal.find({})).toHaveLength(before);
  expect(await staged.run.over).toMatchObject({ state: 'stopped', progress: 0.25 });
  expect(staged.faults.size).toBe(0);
});

test('speed shortens the time, not the number of events', async () => {
  const [slow, fast] = [stage(short, { assets: 30 }), stage(short, { assets: 30, speed: 60 })];
  const [whole, quick] = [await slow.play(), await fast.play()];
  expect(quick.actions).toEqual(whole.actions);
  expect(Date.parse(quick.ends) - Date.parse(quick.started)).toBe(500);
});

test('a pause of months is waited for in pieces that a platform timer can hold', () => {
  const staged = stage({ name: 'late', phases: [{ at: '60d', do: [{ action: 'edit' }] }] });
  staged.clock.advance(61 * 86_400_000);
  expect(staged.run.state()).toMatchObject({ state: 'finished', actions: { edit: 1 } });
  expect(Math.max(...staged.waits)).toBeLessThan(2 ** 31);
});
