import { expect, test } from 'vitest';
import { busyHours, createSession, type Session } from '../../test/session.ts';
import type { RunState } from '../traffic/run-state.ts';

/** What JSON makes of it: a state is written to a file as that. */
function written(state: unknown): unknown {
  return JSON.parse(JSON.stringify(state));
}

/** Another simulator that goes on from the state of a session. */
async function revived(session: Session): Promise<Session> {
  const state = written(session.sim.exportState());
  const other = await createSession({ hooks: 0 });
  await other.sim.importState(state);
  await other.signIn();
  return other;
}

test('another simulator goes on with the same assets, webhooks, variables, ids and tokens', async () => {
  const session = await createSession();
  const id = await session.create();
  await session.send('POST /ADM/Tenants/This/Variables', [{ name: 'secret', value: 'x', description: null }]);
  await session.control.settled();
  session.control.setSwitches({ restoreEvent: '40' });
  session.control.addFault({ on: 'api', where: { path: '/COMMON/**' }, fault: 'internal-error' });
  const look = async ({ send, control }: Session): Promise<unknown> => {
    const pages = ['GET /ES/Assets', `GET /ES/Assets/${id}`, 'GET /MSG/Webhooks', 'GET /ADM/Tenants/This/Variables'];
    const texts = await Promise.all(pages.map((page) => send(page)));
    expect(texts.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    return [texts, control.switches(), control.faults(), control.clock()];
  };
  const other = await revived(session);
  expect(await look(other)).toEqual(await look(session));
  expect(await other.create()).toBe(await session.create());
});

test('a token that was given out before is still good', async () => {
  const session = await createSession();
  const state = written(session.sim.exportState());
  const other = await createSession({ hooks: 0 });
  await other.sim.importState(state);
  session.sim.handle = other.sim.handle;
  expect((await session.send('GET /ES/Assets/101')).status).toBe(200);
});

test('tenants that were made on sight are there again, each with its own', async () => {
  const { sim } = await createSession();
  const id = sim.tenant('second').info.tenantId;
  sim.tenant('second').setSwitches({ deliveryRetries: 1 });
  const other = await createSession({ hooks: 0 });
  await other.sim.importState(written(sim.exportState()));
  expect(other.control.tenants().items.map((tenant) => tenant.id)).toEqual([105, id]);
  expect(other.sim.tenant(id).switches().deliveryRetries).toBe(1);
});

test('deliveries that wait, pause or are under way go on', async () => {
  const session = await createSession({ switches: { deliveryRetries: 1, deliveryConcurrency: 1 } });
  session.control.setClock({ mode: 'virtual' });
  session.answer = () => ({ kind: 'answered', status: 500 });
  for (const assetId of [101, 102]) session.control.emit({ eventId: 41, assetId });
  await session.control.advance({ by: 0 });
  const other = await revived(session);
  expect(other.control.deliveries({ state: 'pending' }).total).toBe(2);
  await other.control.advance({ by: '5m' });
  expect(other.calls.map(({ deliveryId, attempt }) => [deliveryId, attempt])).toEqual([
    [1, 2],
    [2, 1],
  ]);
  expect(other.control.deliveries({ state: 'delivered' }).total).toBe(2);
  other.control.emit({ eventId: 41, assetId: 101 });
  expect(other.control.deliveries({ state: 'pending' }).items.map(({ id }) => id)).toEqual([3]);
});

test('a scenario goes on where it was, however long nobody ran it', async () => {
  const session = await createSession();
  session.control.scenario({ scenario: busyHours, seed: 7 });
  session.host.advance(45 * 60_000);
  await session.control.settled();
  const saved = written(session.sim.exportState());
  const end = async ({ host, control, calls }: Session): Promise<unknown> => {
    const before = calls.length;
    for (let minute = 0; minute < 120; minute++) {
      host.advance(60_000);
      await control.settled();
    }
    const { state, actions, refused } = (await control.scenarioState({})) as RunState;
    return { state, actions, refused, events: calls.slice(before).map(({ body }) => body) };
  };
  const first = await end(session);
  expect(first).toMatchObject({ state: 'finished' });
  const other = await createSession({ hooks: 0 });
  other.host.advance(100 * 3_600_000);
  await other.sim.importState(saved);
  expect(await end(other)).toEqual(first);
});

test('a change of any kind is told: a call, a control, an event and its delivery', async () => {
  const { sim, send, create, control } = await createSession();
  await control.settled();
  let changes = 0;
  const end = sim.onChange(() => changes++);
  await send('GET /ES/Assets');
  await sim.invoke({ control: 'deliveries' });
  expect(changes).toBe(0);
  await create();
  expect(changes).toBeGreaterThan(0);
  await control.settled();
  let caused = changes;
  control.emit({ eventId: 41, assetId: 101 });
  expect(changes).toBe(++caused);
  await control.settled();
  // The attempt and the end of the delivery.
  expect(changes).toBe(caused + 2);
  await sim.invoke({ control: 'reset' });
  expect(changes).toBeGreaterThan(caused + 2);
  end();
  const before = changes;
  control.emit({ eventId: 41, assetId: 101 });
  expect(changes).toBe(before);
});

test.each([
  [null, 'It is no state of the mock: format must be hubex-mock-state.'],
  [{ format: 'hubex-mock-state', version: 99 }, 'Its version is 99; this mock understands 2.'],
  [{ format: 'hubex-mock-state', version: 2 }, 'It is damaged: tenants must be a list.'],
  [{ format: 'hubex-mock-state', version: 2, tenants: [{}] }, 'It is damaged: tenants[0].id must be a number.'],
  [{ format: 'hubex-mock-state', version: 2, tenants: [] }, 'It was written with another service token.'],
])('refuses %j and changes nothing', async (state, message) => {
  const { sim, control } = await createSession();
  await expect(sim.importState(state)).rejects.toMatchObject({
    code: 'simulator/bad-state',
    message: expect.stringContaining(message),
  });
  expect(control.tenants().items).toHaveLength(1);
});

test('names the place of a damaged item and never its value', async () => {
  const { sim } = await createSession();
  const state = JSON.parse(JSON.stringify(sim.exportState()));
  state.tenants[0].content.assets[3].name = { token: 'secret' };
  await expect(sim.importState(state)).rejects.toThrow(
    /^It is damaged: tenants\[0\]\.content\.assets\[3\]\.name must be a string\. Put a copy/,
  );
});
