import { describe, expect, test } from 'vitest';
import { warningHeader } from '../api/warnings.ts';
import { createManualClock } from '../clock.ts';
import { createRandomness } from '../randomness.ts';
import { createSimulator, type Simulator } from '../simulator.ts';

const start = Date.UTC(2026, 2, 2, 8, 15, 40);

interface Sent {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function send(
  sim: Simulator,
  what: string,
  { jwt = '', body }: { jwt?: string; body?: unknown } = {},
): Promise<Sent> {
  const [method = '', path = ''] = what.split(' ');
  const [pathname = '', query = ''] = path.split('?');
  const headers = { 'x-application-id': '5', authorization: `Bearer ${jwt}`, 'content-type': 'application/json' };
  const bytes = body === undefined ? undefined : new TextEncoder().encode(JSON.stringify(body));
  const reply = await sim.handle({ method, path: pathname, query, headers, body: bytes });
  return { status: reply.status, text: String(reply.body ?? ''), headers: reply.headers };
}

async function signIn(sim: Simulator, serviceToken: string): Promise<string> {
  const reply = await send(sim, 'POST /AUTHZ/AccessTokens', { body: { serviceToken } });
  expect(reply.status, reply.text).toBe(200);
  return JSON.parse(reply.text).access_token;
}

/** One user of one tenant: its next request depends on its own seed alone. */
function createUser(sim: Simulator, serviceToken: string): { readonly transcript: string[]; step(): Promise<void> } {
  const random = createRandomness([...serviceToken].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7));
  const transcript: string[] = [];
  let jwt = '';
  const any = (): number => 101 + random.below(24);
  const hook = { name: 'h', uri: `http://127.0.0.1/${serviceToken}`, isActive: true, events: [40, 41, 42, 43, 44] };
  const asset = { name: serviceToken, companyID: 1, assetTypeID: 3, assetClassID: 1, parentID: 101 };
  const requests: readonly (() => [string, unknown?])[] = [
    () => ['GET /ES/Assets?fetch=2'],
    () => [`GET /ES/Assets/${any()}`],
    () => ['POST /ES/Assets', asset],
    () => [`PUT /ES/Assets/${any()}/publish`],
    () => [`PUT /ES/Assets/${any()}/unpublish`],
    () => [`DELETE /ES/Assets/${any()}`],
    () => ['PUT /ES/Assets', { assets: [any()], assetClassID: 2 }],
    () => ['POST /MSG/Webhooks', [hook]],
    () => ['GET /MSG/Webhooks'],
    () => ['DELETE /MSG/Webhooks', [1 + random.below(4)]],
    () => ['POST /ADM/Tenants/this/variables', [{ name: `v${random.below(9)}`, value: serviceToken }]],
    () => ['GET /ADM/Tenants/this/variables'],
    () => ['POST /AUTHZ/ServiceTokens', [12]],
    () => ['HEAD /ES/Assets'],
  ];
  return {
    transcript,
    async step() {
      if (jwt === '') {
        jwt = await signIn(sim, serviceToken);
        transcript.push(jwt);
        return;
      }
      const [what, body] = random.pick(requests)();
      // Counters of webhooks move when deliveries end; what is compared must not depend on how far they have come.
      await sim.tenant(serviceToken).settled();
      const { status, text, headers } = await send(sim, what, { jwt, body });
      transcript.push(`${what} ${status} ${text} ${headers['content-range'] ?? ''}`);
    },
  };
}

function createWorld(): { readonly sim: Simulator; readonly delivered: Map<string, string[]> } {
  const delivered = new Map<string, string[]>();
  const sim = createSimulator({
    assets: 20,
    clock: createManualClock(start),
    async deliver({ tenantId, url, body }) {
      const token = new URL(url).pathname.slice(1);
      const own = delivered.get(token) ?? [];
      own.push(`${tenantId} ${body}`);
      delivered.set(token, own);
      return { kind: 'answered', status: 204 };
    },
  });
  return { sim, delivered };
}

test('500 tenants with 200 interleaved requests each are as if each were alone', { timeout: 120_000 }, async () => {
  const crowd = createWorld();
  const tokens = Array.from({ length: 500 }, (_, index) => `token-${index}`);
  const users = new Map(tokens.map((token) => [token, createUser(crowd.sim, token)]));
  const order = createRandomness(1);
  const left = tokens.flatMap((token) => Array.from({ length: 200 }, () => token));
  for (let index = left.length - 1; index > 0; index--) {
    const other = order.below(index + 1);
    [left[index], left[other]] = [left[other] ?? '', left[index] ?? ''];
  }
  for (const token of left) await users.get(token)?.step();
  await Promise.all(tokens.map((token) => crowd.sim.tenant(token).settled()));

  expect(crowd.sim.control.tenants().total).toBe(501);
  for (const token of tokens) {
    const { tenantId } = crowd.sim.tenant(token).info;
    const own = crowd.delivered.get(token) ?? [];
    expect(own.filter((each) => !each.startsWith(`${tenantId} {"TenantID":${tenantId},`))).toEqual([]);
    expect(crowd.sim.tenant(token).deliveries().total).toBe(own.length);
  }
  for (let index = 0; index < 500; index += 50) {
    const token = `token-${index}`;
    const alone = createWorld();
    const user = createUser(alone.sim, token);
    for (let step = 0; step < 200; step++) await user.step();
    await alone.sim.tenant(token).settled();
    expect(users.get(token)?.transcript).toEqual(user.transcript);
    expect(crowd.delivered.get(token)?.sort()).toEqual(alone.delivered.get(token)?.sort());
    expect(crowd.sim.tenant(token).info).toEqual(alone.sim.tenant(token).info);
  }
});

describe('a service token', () => {
  test('that nobody has seen opens a tenant of its own, and the answer says so', async () => {
    const { sim } = createWorld();
    const reply = await send(sim, 'POST /AUTHZ/AccessTokens', { body: { serviceToken: 'mine' } });
    expect(reply.headers[warningHeader]).toMatch(/^B028 unknown service token: tenant \d+ was made for it/);
    const again = await send(sim, 'POST /AUTHZ/AccessTokens', { body: { serviceToken: 'mine' } });
    expect([again.status, again.headers[warningHeader]]).toEqual([200, undefined]);
    expect(JSON.parse(again.text).tenant.id).toBe(sim.tenant('mine').info.tenantId);
  });

  test('that ends like the mark of another tenant is still one of its own', async () => {
    const { sim } = createWorld();
    const mark = sim.control.info.tenantId.toString(36).padStart(6, '0');
    expect(await signIn(sim, `mine-${mark}`)).toContain('.');
    expect(sim.control.tenants().total).toBe(2);
  });

  test('has the same content as any other of the same seed', async () => {
    const { sim } = createWorld();
    const [first, second] = [await signIn(sim, 'one'), await signIn(sim, 'two')];
    const list = await send(sim, 'GET /ES/Assets', { jwt: first });
    expect(list.text).toBe((await send(sim, 'GET /ES/Assets', { jwt: second })).text);
  });

  test('is refused where only known ones are taken', async () => {
    const sim = createSimulator({ assets: 1, tenants: 'known' });
    const reply = await send(sim, 'POST /AUTHZ/AccessTokens', { body: { serviceToken: 'mine' } });
    expect(reply.status).toBe(400);
    expect(() => sim.tenant('mine')).toThrow(/There is no tenant for this service token/);
  });

  test('that was revoked or issued before a reset opens nothing', async () => {
    const { sim } = createWorld();
    const jwt = await signIn(sim, 'mine');
    const issued = await send(sim, 'POST /AUTHZ/ServiceTokens', { jwt, body: [12] });
    const [{ token }] = JSON.parse(issued.text);
    expect(await signIn(sim, token)).toContain('.');
    expect((await send(sim, 'DELETE /AUTHZ/ServiceTokens', { jwt, body: [11] })).status).toBe(202);
    const refused = await send(sim, 'POST /AUTHZ/AccessTokens', { body: { serviceToken: 'mine' } });
    expect(refused.status).toBe(400);
    await sim.tenant('mine').reset();
    expect((await send(sim, 'POST /AUTHZ/AccessTokens', { body: { serviceToken: token } })).status).toBe(400);
    expect(sim.control.tenants().total).toBe(2);
    expect(await signIn(sim, 'mine')).toContain('.');
  });

  test('that would be one tenant too many is refused with the limit and the way out', async () => {
    const sim = createSimulator({ assets: 1, maxTenants: 2 });
    await signIn(sim, 'one');
    const reply = await send(sim, 'POST /AUTHZ/AccessTokens', { body: { serviceToken: 'two' } });
    expect([reply.status, JSON.parse(reply.text)[0].message]).toEqual([
      400,
      expect.stringMatching(/at most 2 tenants/),
    ]);
    expect(() => sim.tenant('two')).toThrow(/at most 2 tenants/);
    await sim.control.removeTenant({ id: sim.tenant('one').info.tenantId });
    expect(await signIn(sim, 'two')).toContain('.');
  });
});

test('a reset of one tenant leaves deliveries of others alone', async () => {
  const cancelled: (number | undefined)[] = [];
  const deliver = Object.assign(() => new Promise<never>(() => undefined), {
    async cancel(tenantId?: number) {
      cancelled.push(tenantId);
    },
  });
  const sim = createSimulator({ assets: 5, deliver });
  for (const token of ['one', 'two']) {
    const jwt = await signIn(sim, token);
    const hook = { name: 'h', uri: 'http://127.0.0.1/', isActive: true, events: [41] };
    expect((await send(sim, 'POST /MSG/Webhooks', { jwt, body: [hook] })).status).toBe(201);
    expect(sim.tenant(token).emit({ eventId: 41, assetId: 101 }).deliveries).toEqual([1]);
  }
  await sim.tenant('one').reset();
  expect(cancelled).toEqual([sim.tenant('one').info.tenantId]);
  expect(sim.tenant('one').deliveries().total).toBe(0);
  expect(sim.tenant('two').deliveries({ state: 'pending' }).total).toBe(1);
});

test('switches of one tenant are its own, and a reset takes them back', async () => {
  const { sim } = createWorld();
  const [one, two] = [sim.tenant('one'), sim.tenant('two')];
  expect(one.setSwitches({ profile: 'strict', restoreEvent: '40' })).toMatchObject({
    restoreEvent: '40',
    deliveryRetries: 2,
  });
  expect(two.switches()).toMatchObject({ restoreEvent: '41', deliveryRetries: 0 });
  await one.reset();
  expect(one.switches()).toEqual(two.switches());
});
