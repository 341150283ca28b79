import { expect, test } from 'vitest';
import { createManualClock, type ManualClock } from '../clock.ts';
import { ControlError } from '../control/control-error.ts';
import type { OutgoingCall } from '../outbox/deliverer.ts';
import { createSimulator, type Simulator } from '../simulator.ts';
import type { Scenario } from './scenario.ts';
import { namedScenarios } from './scenarios/named-scenarios.ts';

const start = Date.UTC(2026, 2, 2, 6); // Monday, nine in Moscow

async function session(): Promise<{ sim: Simulator; clock: ManualClock; calls: OutgoingCall[] }> {
  const clock = createManualClock(start);
  const calls: OutgoingCall[] = [];
  const sim = createSimulator({
    ...{ assets: 100, clock },
    async deliver(call) {
      calls.push(call);
      return { kind: 'answered', status: 204 };
    },
  });
  const post = async (path: string, body: unknown, token = ''): Promise<{ status: number; text: string }> => {
    const headers = { 'content-type': 'application/json', 'x-application-id': '5', authorization: `Bearer ${token}` };
    const bytes = new TextEncoder().encode(JSON.stringify(body));
    const reply = await sim.handle({ method: 'POST', path, query: '', headers, body: bytes });
    return { status: reply.status, text: String(reply.body) };
  };
  const { text } = await post('/AUTHZ/AccessTokens', { serviceToken: 'demo-service-token' });
  const hook = { name: 'h', uri: 'http://127.0.0.1/h', isActive: true, events: [40, 41, 42, 43, 44] };
  expect((await post('/MSG/Webhooks', [hook], JSON.parse(text).access_token)).status).toBe(201);
  return { sim, clock, calls };
}

const mine: Scenario = { name: 'mine', phases: [{ for: '1h', flow: { rate: '1/m', mix: { edit: 1 } } }] };

test('runs a day by name in virtual time; its events reach the webhooks and every one is delivered', async () => {
  const { sim, calls } = await session();
  expect(await sim.control.scenarioState()).toEqual({ state: 'none' });
  sim.control.setClock({ mode: 'virtual', now: new Date(start).toISOString() });
  const started = sim.control.scenario({ name: 'steady-day' });
  expect(started).toMatchObject({ scenario: 'steady-day', state: 'running', seed: 1, speed: 1, progress: 0 });
  expect(started.ends).toBe('2026-03-03T06:00:00.000Z');
  await sim.control.advance({ by: '12h' });
  expect(await sim.control.scenarioState()).toMatchObject({ state: 'running', progress: 0.5 });
  expect(await sim.control.advance({ by: '12h' })).toMatchObject({ pending: 0 });
  const state = await sim.control.scenarioState();
  expect(state).toMatchObject({ state: 'finished', refused: 0 });
  const caused = Object.values('events' in state ? state.events : {}).reduce((sum, count) => sum + count, 0);
  expect(caused).toBeGreaterThan(200);
  expect(calls).toHaveLength(caused);
  const { items } = sim.control.deliveries();
  expect(new Set(items.map((each) => each.state))).toEqual(new Set(['delivered']));
  expect(items.at(-1)?.created).toMatch(/^2026-03-03/);
});

test('a restored snapshot knows nothing of a scenario that ran', async () => {
  const { sim, clock, calls } = await session();
  sim.control.snapshot({ name: 'before' });
  sim.control.scenario({ scenario: mine });
  clock.advance(600_000);
  await sim.control.restore({ name: 'before' });
  const arrived = calls.length;
  clock.advance(3_600_000);
  await sim.control.settled();
  expect(calls).toHaveLength(arrived);
  expect(await sim.control.scenarioState()).toEqual({ state: 'none' });
});

test('runs plain data, one at a time in a tenant', async () => {
  const { sim } = await session();
  expect(sim.control.scenario({ scenario: mine }).state).toBe('running');
  expect(() => sim.control.scenario({ name: 'mass-edit' })).toThrow('mine is still running');
  expect(sim.tenant('another-token').scenario({ name: 'mass-edit' }).state).toBe('running');
  expect(sim.control.stopScenario()).toMatchObject({ state: 'stopped' });
  expect(sim.control.scenario({ name: 'mass-edit' }).state).toBe('running');
});

test('waits for the end', async () => {
  const { sim, clock } = await session();
  sim.control.scenario({ scenario: mine });
  const waiting = sim.control.scenarioState({ within: '2m' });
  clock.advance(120_000);
  expect(await waiting).toMatchObject({ state: 'running' });
  const whole = sim.control.scenarioState({ within: '5m' });
  sim.control.stopScenario();
  expect(await whole).toMatchObject({ state: 'stopped' });
});

test('reset and close stop it: nothing happens and nothing breaks afterwards', async () => {
  const { sim, clock, calls } = await session();
  const outage: Scenario = {
    ...mine,
    phases: [...mine.phases, { at: '0s', for: '1h', faults: [{ on: 'api', fault: 'internal-error' }] }],
  };
  sim.control.scenario({ scenario: outage });
  clock.advance(600_000);
  expect(sim.control.faults().total).toBe(1);
  await sim.control.reset();
  const arrived = calls.length;
  clock.advance(3_600_000);
  await sim.control.settled();
  expect(calls).toHaveLength(arrived);
  expect(await sim.control.scenarioState()).toEqual({ state: 'none' });
  expect(sim.control.faults().total).toBe(0);
  sim.control.scenario({ name: 'steady-day' });
  await sim.close();
  clock.advance(86_400_000);
  expect(calls).toHaveLength(arrived);
  expect(await sim.control.scenarioState()).toMatchObject({ events: {} });
});

test('lists what can be run', async () => {
  const { sim } = await session();
  const { total, items } = sim.control.scenarios();
  expect(total).toBe(namedScenarios.length);
  expect(items.map(({ name }) => name)).toEqual([
    ...['steady-day', 'morning-import', 'mass-edit', 'mass-delete', 'publish-campaign', 'season-start'],
    ...['flaky-receiver', 'outage-and-recovery', 'everything'],
  ]);
  expect(items[0]?.minutes).toBe(1440);
});

test.each<[string, object, string, RegExp]>([
  ['nothing', {}, 'name', /Give the name of a scenario/],
  ['a misspelt name', { name: 'stedy-day' }, 'name', /There is no scenario stedy-day; did you mean steady-day\?/],
  ['both', { name: 'steady-day', scenario: mine }, 'name', /not both/],
  [
    'bad data',
    { scenario: { name: 'x', phases: [{ flw: 1 }] } },
    'scenario.phases[0].flw',
    /did you mean flow\?.*And 1 more/,
  ],
  ['a speed of nothing', { name: 'steady-day', speed: 0 }, 'speed', /from 0\.001 to 1000000/],
])('refuses %s', async (_, input, field, message) => {
  const { sim } = await session();
  const act = (): unknown => sim.control.scenario(input);
  expect(act).toThrow(ControlError);
  expect(act).toThrow(message);
  expect(act).toThrow(expect.objectContaining({ field }));
});
