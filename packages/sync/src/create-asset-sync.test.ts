import { createHubexClient } from '@hubex-kit/client';
import { createReceiver } from '@hubex-kit/receiver';
import { type CallResult, createManualClock, createSimulator, type OutgoingCall } from '@hubex-kit/simulator';
import { describe, expect, test } from 'vitest';
import {
  type AssetState,
  type AssetSync,
  type AssetSyncOptions,
  createAssetSync,
  createMemoryInbox,
  type SyncError,
  type SyncInbox,
  type SyncProgress,
} from './index.ts';

const secret = 'test-secret-of-128-bits-or-so';
const uri = `https://you.example/hook?key=${secret}`;

/** A tenant, a receiver that may be down, and a sync over it, in time that stands still. */
function harness(
  options: Partial<AssetSyncOptions> = {},
  tenant: { assets?: number; reply?: (response: Response, request: Request) => Response | Promise<Response> } = {},
) {
  const clock = createManualClock(Date.UTC(2026, 2, 2, 8));
  const inbox: SyncInbox = options.inbox ?? createMemoryInbox();
  const state = { isUp: true, calls: [] as string[] };
  const receiver = createReceiver({ secrets: secret, inbox, onError: () => undefined });
  const deliver = async (call: OutgoingCall): Promise<CallResult> => {
    if (!state.isUp) return { kind: 'failed', reason: 'the receiver is down' };
    const { status } = await receiver.receive({
      method: 'POST',
      url: call.url,
      readBody: async () => ({ kind: 'body', body: call.body }),
    });
    return { kind: 'answered', status };
  };
  const sim = createSimulator({ assets: tenant.assets ?? 20, clock, deliver });
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    if (!pathname.includes('AUTHZ')) state.calls.push(`${request.method} ${pathname}`);
    const response = await sim.fetch(request.clone());
    return tenant.reply ? tenant.reply(response, request) : response;
  };
  const { serviceToken, tenantId } = sim.control.info;
  const client = createHubexClient({
    serviceToken,
    baseUrl: 'https://hubex.test/fsm',
    fetch,
    clock,
    rateLimit: false,
    retry: { attempts: 0 },
  });
  const worker = createHubexClient({
    serviceToken,
    baseUrl: 'https://hubex.test/fsm',
    fetch: (input, init) => sim.fetch(new Request(input, init)),
    rateLimit: false,
  });
  const mirror = new Map<number, AssetState>();
  const [errors, progress]: [SyncError[], SyncProgress[]] = [[], []];
  const sync = createAssetSync({
    ...{ client, inbox, tenantId, clock, webhook: { name: 'mirror', uri }, random: () => 0.5 },
    onAsset: (asset) => void mirror.set(asset.id, asset),
    onGone: (id) => void mirror.delete(id),
    onError: (error) => errors.push(error),
    onProgress: (each) => progress.push(each),
    ...options,
  });
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 250) {
      for (let turn = 0; turn < 4; turn++) await new Promise(setImmediate);
      clock.advance(250);
    }
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
  };
  return { ...{ sync, sim, client, worker, inbox, mirror, errors, progress, pass, state, clock } };
}

/** Starts without waiting for time to pass by itself. */
async function started({ sync, pass }: { sync: AssetSync; pass: (ms: number) => Promise<void> }): Promise<void> {
  const start = sync.start();
  await pass(5_000);
  await start;
}

describe('a sync', () => {
  test('registers its webhook, fills the copy, and follows what happens', async () => {
    const all = harness();
    await started(all);
    const { mirror, worker, pass, errors } = all;
    expect([mirror.size, (await worker.webhooks.list())[0]?.name]).toEqual([await worker.assets.count(), 'mirror']);
    const { id } = await worker.assets.create({ name: 'Новый', companyID: 1, assetTypeID: 3, assetClassID: 1 });
    await worker.assets.delete(105);
    await pass(5_000);
    expect([mirror.get(id)?.name, mirror.has(105)]).toEqual(['Новый', false]);
    expect(errors).toEqual([]);
    await all.sync.stop();
  });

  test('folds what happens to one asset within the quiet window into one call of the handler', async () => {
    const seen: number[][] = [];
    const all = harness({ onAsset: (_, { marks }) => void seen.push(marks.map(({ eventId }) => eventId ?? 0)) });
    await started(all);
    seen.length = 0;
    all.state.calls.length = 0;
    const { id } = await all.worker.assets.create({ name: 'А', companyID: 1, assetTypeID: 3, assetClassID: 1 });
    await all.worker.assets.publish(id);
    await all.worker.assets.unpublish(id);
    await all.pass(5_000);
    expect(seen).toEqual([[40, 43, 44]]);
    expect(all.state.calls).toEqual([`GET /fsm/ES/Assets/${id}`]);
  });

  test('reads the state and does not believe the event: 42 of an asset that was restored is no loss', async () => {
    const all = harness();
    await started(all);
    await all.worker.assets.delete(104);
    await all.worker.assets.restore([104]);
    await all.pass(5_000);
    expect(all.mirror.has(104)).toBe(true);
  });

  test('switches the webhook on again after HubEx gave up, and finds what was lost meanwhile', async () => {
    const all = harness({ examineEveryMs: 60_000 });
    await started(all);
    all.state.isUp = false;
    const { id } = await all.worker.assets.create({
      name: 'Во время простоя',
      companyID: 1,
      assetTypeID: 3,
      assetClassID: 1,
    });
    for (let edit = 0; edit < 12; edit++)
      await all.worker.assets.updateMany({ assets: [103], companyID: (edit % 3) + 1 });
    await all.worker.assets.delete(106);
    await all.pass(1_000);
    expect((await all.worker.webhooks.list())[0]).toMatchObject({ isActive: false, callsRemaining: 0 });
    all.state.isUp = true;
    await all.pass(65_000);
    expect((await all.worker.webhooks.list())[0]).toMatchObject({ isActive: true, callsRemaining: 10 });
    const found = all.progress.flatMap((each) =>
      each.kind === 'examined' && each.diagnosis.treatment === 'reactivated' ? [each.diagnosis] : [],
    );
    expect(found).toMatchObject([{ callsRemaining: 10, outage: { from: expect.any(Number), to: expect.any(Number) } }]);
    expect([all.mirror.get(id)?.name, all.mirror.has(106), all.mirror.get(103)?.company?.id]).toEqual([
      'Во время простоя',
      false,
      3,
    ]);
  });

  test('says so when HubEx keeps the webhook off although it was asked, and tries again', async () => {
    let isStubborn = false;
    const all = harness(
      { examineEveryMs: 60_000 },
      {
        async reply(response, { url, method }) {
          if (!isStubborn || method !== 'GET' || !/Webhooks(\/\d+)?$/.test(url)) return response;
          const text = (await response.text()).replaceAll('"isActive":true', '"isActive":false');
          return new Response(text.replaceAll('"callsRemaining":10', '"callsRemaining":0'), response);
        },
      },
    );
    await started(all);
    isStubborn = true;
    await all.pass(61_000);
    expect(all.errors[0]).toMatchObject({
      code: 'sync/webhook',
      message: expect.stringMatching(/isActive false and callsRemaining 0\. Look at it in HubEx/),
    });
    isStubborn = false;
    await all.pass(61_000);
    expect(all.progress.at(-1)).toMatchObject({ kind: expect.stringMatching(/examined|reconciled/) });
  });

  test('compares once after calls have failed, not at every look while the counter stands still', async () => {
    const all = harness({ examineEveryMs: 60_000 });
    await started(all);
    const compared = (): number => all.progress.filter(({ kind }) => kind === 'reconciled').length;
    const before = compared();
    all.state.isUp = false;
    await all.worker.assets.updateMany({ assets: [103], companyID: 2 });
    await all.pass(1_000);
    all.state.isUp = true;
    await all.pass(200_000);
    expect([compared() - before, all.mirror.get(103)?.company?.id]).toEqual([1, 2]);
  });

  test('finds within minutes what a full disk had to refuse', async () => {
    const memory = createMemoryInbox();
    let isFull = false;
    let refused: (() => void) | undefined;
    const inbox: SyncInbox = {
      ...memory,
      listen(listener, onRefused) {
        memory.listen(listener);
        refused = onRefused;
      },
      async store(entry) {
        if (!isFull) return memory.store(entry);
        refused?.();
        throw new Error('the disk is full');
      },
    };
    const all = harness({ inbox });
    await started(all);
    isFull = true;
    await all.worker.assets.updateMany({ assets: [103, 104], companyID: 2 });
    await all.pass(1_000);
    isFull = false;
    // A success makes the counter of the webhook full again: nothing of the loss shows there.
    await all.worker.assets.updateMany({ assets: [105], companyID: 2 });
    await all.pass(70_000);
    expect([103, 104, 105].map((id) => all.mirror.get(id)?.company?.id)).toEqual([2, 2, 2]);
    await all.sync.stop();
  });

  test('owes a comparison after an outage until one has come to its end', async () => {
    let isBroken = false;
    const all = harness(
      { examineEveryMs: 60_000 },
      {
        reply: (response, { url }) =>
          isBroken && /Assets\?/.test(url) ? Response.json([], { status: 500 }) : response,
      },
    );
    await started(all);
    all.state.isUp = false;
    await all.worker.assets.updateMany({ assets: [103], companyID: 2 });
    await all.pass(1_000);
    all.state.isUp = true;
    isBroken = true;
    await all.pass(65_000);
    expect(all.errors.map(({ code }) => code)).toContain('sync/read-failed');
    expect(all.mirror.get(103)?.company?.id).not.toBe(2);
    isBroken = false;
    await all.pass(65_000);
    expect(all.mirror.get(103)?.company?.id).toBe(2);
  });

  test('looks at a webhook that is well with three calls and leaves it alone', async () => {
    const all = harness({ examineEveryMs: 60_000 });
    await started(all);
    all.state.calls.length = 0;
    const diagnosis = await all.sync.examine();
    expect(diagnosis).toMatchObject({ treatment: 'none', callsRemaining: 10, outage: undefined });
    expect(all.state.calls).toEqual([
      'GET /fsm/MSG/Webhooks',
      'GET /fsm/MSG/Webhooks',
      `GET /fsm/MSG/Webhooks/${diagnosis.webhookId}`,
    ]);
  });

  test('reads whether an asset is published; the event alone does not make it so', async () => {
    const all = harness();
    await started(all);
    const { id } = await all.worker.assets.create({ name: 'А', companyID: 1, assetTypeID: 3, assetClassID: 1 });
    await all.worker.assets.publish(id);
    await all.pass(5_000);
    expect(all.mirror.get(id)?.published).toEqual(expect.any(String));
    await all.worker.assets.unpublish(id);
    await all.pass(5_000);
    const { tenantId } = all.sim.control.info;
    all.sim.control.emit({ raw: JSON.stringify({ TenantID: tenantId, AssetID: id, EventID: 43 }) });
    await all.pass(5_000);
    expect(all.mirror.get(id)?.published).toBeUndefined();
  });

  test('shares one call among handlers that ask for the same asset', async () => {
    const sites: unknown[] = [];
    const all = harness({ onAsset: async () => void sites.push((await all.sync.read(101))?.name) });
    await started(all);
    all.state.calls.length = 0;
    await all.worker.assets.updateMany({ assets: [103, 104, 105, 106], companyID: 2 });
    await all.pass(5_000);
    expect(all.state.calls.filter((call) => call.endsWith('/101'))).toHaveLength(1);
    expect([new Set(sites).size, sites[0]]).toEqual([1, expect.any(String)]);
    expect(await all.sync.read(987_654)).toBeUndefined();
  });

  test('stops after the handlers that run have ended, and begins nothing further', async () => {
    let end: () => void = () => undefined;
    const begun: number[] = [];
    const all = harness({
      concurrency: 1,
      onAsset({ id }) {
        begun.push(id);
        return begun.length < 21 ? undefined : new Promise((resolve) => (end = resolve));
      },
    });
    await started(all);
    const filled = begun.length;
    await all.worker.assets.updateMany({ assets: [103, 104], companyID: 2 });
    await all.pass(5_000);
    let isStopped = false;
    const stopping = all.sync.stop().then(() => {
      isStopped = true;
    });
    await all.pass(5_000);
    expect([begun.length - filled, isStopped]).toEqual([1, false]);
    end();
    await stopping;
    expect([begun.length - filled, (await all.sync.counts()).dirty]).toEqual([1, 1]);
  });

  test('calls a handler that failed again, with the same marks, and tells', async () => {
    let failures = 2;
    const attempts: number[] = [];
    const all = harness(
      {
        onAsset(_, { attempt }) {
          attempts.push(attempt);
          if (failures-- > 0) throw new Error('boom');
        },
      },
      { assets: 1 },
    );
    await started(all);
    await all.pass(10_000);
    expect(attempts).toEqual([1, 2, 3]);
    expect(all.errors.map(({ code }) => code)).toEqual(['sync/handler-failed', 'sync/handler-failed']);
    expect(await all.sync.counts()).toMatchObject({ dirty: 0 });
  });

  test('tells of a reply that breaks the spec, naming the field, and tries again', async () => {
    let isBroken = false;
    const all = harness(
      {},
      { reply: (response, { url }) => (isBroken && /Assets\/\d/.test(url) ? Response.json({ id: 'x' }) : response) },
    );
    await started(all);
    isBroken = true;
    await all.worker.assets.updateMany({ assets: [103], companyID: 2 });
    await all.pass(3_000);
    expect(all.errors[0]).toMatchObject({
      code: 'sync/read-failed',
      cause: { code: 'hubex/unexpected-reply', field: 'id', message: expect.stringMatching(/id is x/) },
    });
    isBroken = false;
    await all.pass(5_000);
    expect(all.mirror.get(103)?.company?.id).toBe(2);
  });

  test('does not empty the copy when the list suddenly hides what can still be read', async () => {
    let isHiding = false;
    const all = harness(
      {},
      {
        reply: (response, { url, method }) =>
          isHiding && method === 'GET' && /Assets\?/.test(url) ? new Response(null, { status: 204 }) : response,
      },
    );
    await started(all);
    const before = all.mirror.size;
    isHiding = true;
    const error = await all.sync.reconcile().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code: 'sync/list-disagrees' });
    await all.pass(5_000);
    expect(all.mirror.size).toBe(before);
  });

  test('a forged id costs one call and changes nothing', async () => {
    const all = harness();
    await started(all);
    const before = new Map(all.mirror);
    all.state.calls.length = 0;
    all.sim.control.emit({
      raw: JSON.stringify({ TenantID: all.sim.control.info.tenantId, AssetID: 987_654, EventID: 42 }),
    });
    await all.pass(5_000);
    expect(all.state.calls).toEqual(['GET /fsm/ES/Assets/987654']);
    expect(all.mirror).toEqual(before);
  });

  test('leaves deliveries of another tenant alone and tells', async () => {
    const all = harness();
    await started(all);
    all.sim.control.emit({ raw: JSON.stringify({ TenantID: 999, AssetID: 103, EventID: 42 }) });
    await all.pass(5_000);
    expect(all.errors).toMatchObject([{ code: 'sync/foreign-tenant', assetId: 103 }]);
  });

  test('leaves in the inbox what it had no time for; the next one takes it up', async () => {
    const inbox = createMemoryInbox();
    const first = harness({ inbox });
    await started(first);
    await first.worker.assets.updateMany({ assets: [103], companyID: 3 });
    await first.pass(500);
    await first.sync.stop();
    expect(await first.sync.counts()).toMatchObject({ dirty: 1 });
    const seen: number[] = [];
    const next = createAssetSync({
      client: first.client,
      inbox,
      tenantId: 105,
      clock: first.clock,
      onAsset: ({ id }) => void seen.push(id),
      onGone: () => undefined,
    });
    await started({ sync: next, pass: first.pass });
    expect(seen).toEqual([103]);
    await expect(next.start()).rejects.toMatchObject({ code: 'sync/stopped' });
  });
});

describe('kept deliveries', () => {
  test('can be worked off once more, by time and asset', async () => {
    const seen: number[] = [];
    const all = harness({ onAsset: ({ id }) => void seen.push(id) });
    await started(all);
    await all.worker.assets.updateMany({ assets: [103, 104], companyID: 2 });
    await all.pass(5_000);
    await all.worker.assets.updateMany({ assets: [107], companyID: 2 });
    await all.pass(5_000);
    seen.length = 0;
    expect(await all.sync.replay({ assetId: 104, eventId: 41, since: 1 })).toEqual({ assets: 1, recovered: 0 });
    await all.pass(5_000);
    expect(seen).toEqual([104]);
  });

  test('go out as lines and come back in, and a bad line is named', async () => {
    const [one, other] = [harness(), harness()];
    await started(one);
    await one.worker.assets.updateMany({ assets: [103], companyID: 2 });
    one.sim.control.emit({ raw: 'kein JSON' });
    await one.pass(5_000);
    const lines: string[] = [];
    for await (const line of one.sync.export({ since: 1 })) lines.push(line);
    const deliveries = lines.filter((line) => line.includes('"source":"delivery"'));
    expect(deliveries.length).toBeGreaterThanOrEqual(2);
    expect(await other.sync.import(deliveries)).toBe(deliveries.length);
    expect(await other.sync.counts()).toMatchObject({ dirty: 1, quarantined: 1 });
    expect(await other.sync.quarantine()).toMatchObject([{ text: 'kein JSON' }]);
    await expect(other.sync.import(['', '{"source":"post"}'])).rejects.toMatchObject({
      code: 'sync/bad-line',
      message: expect.stringMatching(/Line 2/),
    });
    await expect(other.sync.import(['{'])).rejects.toThrow(/not JSON/);
  });

  test('leave quarantine when they are understood by now', async () => {
    const all = harness();
    await all.inbox.store({
      kind: 'junk',
      reason: 'tenant',
      text: '{"TenantID":105,"AssetID":103,"EventID":41}',
      receivedAt: 1,
    });
    expect(await all.sync.replay()).toEqual({ assets: 0, recovered: 1 });
    expect(await all.sync.counts()).toMatchObject({ dirty: 1 });
  });
});

describe('once', () => {
  test('runs an effect one time, forgets one that threw, and does not guess about one cut short', async () => {
    const { sync, inbox } = harness();
    let runs = 0;
    const effect = (): void => void runs++;
    expect([await sync.once('letter-1', effect), await sync.once('letter-1', effect), runs]).toEqual([
      'ran',
      'ran-before',
      1,
    ]);
    await expect(sync.once('letter-2', () => Promise.reject(new Error('post office')))).rejects.toThrow('post office');
    expect(await sync.once('letter-2', effect)).toBe('ran');
    expect(await inbox.claim('once:letter-3', 'begun')).toBe(true);
    expect([await sync.once('letter-3', effect), runs]).toEqual(['unfinished', 2]);
  });
});

test.each<[object, RegExp]>([
  [{ quietms: 5 }, /no option quietms; did you mean quietMs\?/],
  [{ quietMs: -1 }, /quietMs must be a whole number from 0/],
  [{ concurrency: 0 }, /concurrency must be a whole number from 1/],
  [{ tenantId: undefined }, /tenantId is missing/],
  [{ webhook: { name: 'x', uri: '/hook' } }, /absolute http or https address/],
  [{ webhook: { name: 'x', url: uri } }, /no webhook field url; did you mean uri\?/],
  [{ onAsset: 'save' }, /onAsset must be a function; it was string/],
  [{ client: {} }, /client must be made by createHubexClient/],
  [{ inbox: { store: () => undefined } }, /inbox keeps no marks; it must be made by openSqliteInbox/],
  [{ receiver: createReceiver({ secrets: secret }) }, /inbox and receiver\.inbox are two/],
])('refuses the options %j', (options, message) => {
  expect(() => harness(options as never)).toThrow(message); // wrong on purpose
});

test('takes the inbox of a receiver, unless that keeps no marks', async () => {
  const { client, clock, sim } = harness();
  const { tenantId } = sim.control.info;
  const inbox = createMemoryInbox();
  const rest = { client, clock, tenantId, onAsset: () => undefined, onGone: () => undefined };
  const sync = createAssetSync({ ...rest, receiver: createReceiver({ secrets: secret, inbox }) });
  await inbox.mark([{ tenantId, assetId: 103 }], 'replay', 1);
  expect(await sync.counts()).toMatchObject({ dirty: 1 });
  expect(() => createAssetSync({ ...rest, receiver: createReceiver({ secrets: secret }) })).toThrow(
    /receiver\.inbox keeps no marks/,
  );
  expect(() => createAssetSync(rest)).toThrow(/inbox is missing; give it an inbox, or a receiver/);
});
