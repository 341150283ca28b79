import { describe, expect, test } from 'vitest';
import { createSession } from '../../test/session.ts';

describe('when time is up, wait says why', () => {
  test('no webhook is there', async () => {
    const { control, create } = await createSession({ hooks: 0 });
    await create();
    const { ok, missing, nearMiss } = await control.wait({ eventId: 40, within: 0 });
    expect([ok, missing, nearMiss?.reasons]).toEqual([
      false,
      1,
      ['No webhook is registered in tenant 105; register one with POST /MSG/Webhooks or /__mock/subscribe.'],
    ]);
  });

  test('a webhook was inactive, not bound, deleted, or switched off after ten failures', async () => {
    const session = await createSession({ hooks: 0 });
    const { control, hook, send, create } = session;
    await hook({ events: [41, 42] });
    await hook({ isActive: false });
    await hook();
    expect((await send('DELETE /MSG/Webhooks', [3])).status).toBe(202);
    await hook({ events: [43] });
    session.answer = () => ({ kind: 'answered', status: 500 });
    for (let count = 0; count < 10; count++) control.emit({ eventId: 43, assetId: 101 });
    await control.settled();
    const id = await create();
    const { nearMiss } = await control.wait({ eventId: 40, assetId: id, within: 0 });
    const event = `event 40 of asset ${id} (createAsset, request ${16 - 10})`;
    expect(nearMiss?.reasons.map((reason) => reason.replace(/request \d+/, 'request 6'))).toEqual([
      `${event} did not reach webhook 1: it is not bound to that event, only to 41, 42.`,
      `${event} did not reach webhook 2: it was not active.`,
      `${event} did not reach webhook 3: it was deleted.`,
      `${event} did not reach webhook 4: it was switched off after ten failures in a row; activate it with PUT /MSG/Webhooks/activate/{id}.`,
    ]);
  });

  test('a delivery failed, or is still pending', async () => {
    const session = await createSession();
    session.answer = ({ deliveryId }) =>
      deliveryId === 1 ? { kind: 'answered', status: 503 } : new Promise(() => undefined);
    session.control.emit({ eventId: 41, assetId: 101 });
    await session.control.settled();
    session.control.emit({ eventId: 41, assetId: 101 });
    const { nearMiss } = await session.control.wait({ eventId: 41, within: 0 });
    expect(nearMiss?.reasons).toEqual([
      'Delivery 1 to webhook 1 is failed after 1 attempt: The receiver answered 503.',
      'Delivery 2 to webhook 1 is pending.',
    ]);
    expect(nearMiss?.closest[0]).toMatchObject({
      delivery: { id: 2 },
      differs: [{ field: 'state', wanted: 'delivered', found: 'pending' }],
    });
  });

  test('the event was another, or that of another tenant', async () => {
    const { sim, control } = await createSession();
    control.emit({ eventId: 41, assetId: 102 });
    sim.tenant('other').emit({ eventId: 42, assetId: 102 });
    await control.settled();
    const { tenantId } = sim.tenant('other').info;
    const { nearMiss } = await control.wait({ eventId: 42, assetId: 102, within: 0 });
    expect(nearMiss).toMatchObject({
      reasons: [
        'No event 42 of asset 102 was caused in tenant 105.',
        'The nearest is event 41 of asset 102 (emit).',
        `Tenant ${tenantId} has event 42 of asset 102: does the code under test use another service token?`,
      ],
      closest: [{ delivery: { id: 1 }, differs: [{ field: 'eventId', wanted: 42, found: 41 }] }],
    });
  });
});

test('close and reset end waits that are under way, in process too', async () => {
  const session = await createSession();
  const { sim, control } = session;
  session.answer = () => new Promise(() => undefined);
  control.emit({ eventId: 41, assetId: 101 });
  const early = control.wait({ count: 5 });
  await control.reset();
  expect(await early).toMatchObject({ ok: false, missing: 5 });
  const [waiting, settling] = [control.wait({}), sim.tenant('other').wait({})];
  await sim.close();
  expect([(await waiting).ok, (await settling).ok]).toEqual([false, false]);
  expect((await control.wait({})).ok).toBe(false);
});

test('settled resolves in the same turn in which the last attempt ends', async () => {
  const session = await createSession();
  let finish = (): void => undefined;
  session.answer = () => new Promise((resolve) => (finish = () => resolve({ kind: 'answered', status: 204 })));
  session.control.emit({ eventId: 41, assetId: 101 });
  let isSettled = false;
  const settled = session.control.settled().then(() => (isSettled = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(isSettled).toBe(false);
  finish();
  await settled;
  expect(isSettled).toBe(true);
});

describe('verify', () => {
  test('tells exactly, at least, never and in sequence', async () => {
    const { control, create, send } = await createSession();
    const id = await create();
    expect((await send(`PUT /ES/Assets/${id}/publish`)).status).toBe(202);
    expect((await send(`PUT /ES/Assets/${id}/unpublish`)).status).toBe(202);
    expect(await control.verify({ eventId: 40, exactly: 1 })).toMatchObject({ ok: true, found: 1 });
    expect(await control.verify({ assetId: id, atLeast: 2 })).toMatchObject({ ok: true, found: 3 });
    expect(await control.verify({ eventId: 42, never: true })).toMatchObject({ ok: true, found: 0 });
    expect(await control.verify({ sequence: [`40 ${id}`, '44'] })).toMatchObject({ ok: true });
    expect(await control.verify({ sequence: ['44', '40'], within: 0 })).toMatchObject({ ok: false });
  });

  test('fails with what was expected and what was found', async () => {
    const { control, create } = await createSession();
    const id = await create();
    await control.settled();
    expect(await control.verify({ eventId: 40, never: true })).toMatchObject({
      ok: false,
      message: `Expected none of the deliveries with eventId 40, state delivered; found 1 (#1 to webhook 1: 40 ${id}).`,
    });
    const missing = await control.verify({ eventId: 41, exactly: 2, within: 0 });
    expect(missing).toMatchObject({ ok: false, found: 0, nearMiss: { reasons: expect.any(Array) } });
    expect(missing.message).toBe('Expected exactly 2 of the deliveries with eventId 41, state delivered; found none.');
  });

  test('waits for what is still to come, and fails at once for one too many', async () => {
    const { control, create } = await createSession();
    const verified = control.verify({ eventId: 40, exactly: 2 });
    await create();
    await create();
    expect((await verified).ok).toBe(true);
    await create();
    await control.settled();
    expect(await control.verify({ eventId: 40, exactly: 2 })).toMatchObject({ ok: false, found: 3 });
  });

  test.each<[object, string]>([
    [{ exactly: 1, never: true }, 'never'],
    [{ sequence: ['forty'] }, 'sequence'],
    [{ exaclty: 1 }, 'exaclty'],
  ])('refuses %j and names %s', async (input, field) => {
    const { control } = await createSession();
    await expect(async () => control.verify(input)).rejects.toMatchObject({ field });
  });
});
