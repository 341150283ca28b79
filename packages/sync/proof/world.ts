import type { AssetDetails, AssetListItem } from '@hubex-kit/contract';
import { createIntake, createSecretCheck } from '@hubex-kit/receiver/core';
import { createManualClock, createSimulator, type ManualClock, type Simulator } from '@hubex-kit/simulator';
import type { SyncInbox } from '../src/inbox/sync-inbox.ts';
import type { AssetSource } from '../src/resolver/source.ts';

/** What may happen to a delivery on its way. */
export type Fate = 'arrives' | 'twice' | 'late' | 'lost';

/** A simulator whose deliveries go to an intake, through a network as bad as the caller wants it. */
export interface World {
  readonly clock: ManualClock;
  readonly sim: Simulator;
  /** API calls made so far, tokens included. */
  readonly calls: () => number;
  readonly source: AssetSource;
  send(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly data: unknown }>;
  /** Where deliveries go; undefined: nobody is there. */
  receiver: SyncInbox | undefined;
  fate: () => Fate;
  /** Milliseconds by which a late delivery is late. */
  delay: () => number;
  /** Deliveries that never reached an inbox. */
  lost: number;
  /** Milliseconds an API call takes; the answer is what was true at its beginning. */
  latency: () => number;
  /** Lets everything that is due happen, and the promises it starts. */
  advance(ms: number): Promise<void>;
}

const secret = 'proof-secret-proof-secret';
const start = Date.UTC(2026, 2, 2, 8, 15, 40);

/** Ends when all promises have been followed that need no timer. */
export function flush(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Makes a world with a registered webhook. `perMinute` is what the limiter of a client would allow. */
export async function createWorld(options: {
  readonly seed: number;
  readonly assets: number;
  readonly perMinute?: number;
}): Promise<World> {
  const { seed, assets, perMinute = Number.POSITIVE_INFINITY } = options;
  const clock = createManualClock(start);
  let calls = 0;
  let spent: number[] = [];
  const sim = createSimulator({
    seed,
    assets,
    clock,
    async deliver(call) {
      const fate = world.fate();
      const inbox = world.receiver;
      const arrive = async (): Promise<number> => {
        if (!inbox || inbox !== world.receiver) {
          world.lost++;
          return 503;
        }
        const intake = createIntake({
          inbox,
          hasSecret: createSecretCheck([secret], 'key'),
          limits: { maxBodyBytes: 1e6, bodyTimeoutMs: 1e3 },
        });
        const request = {
          method: 'POST',
          url: call.url,
          readBody: async () => ({ kind: 'body' as const, body: call.body }),
        };
        return (await intake(request)).status;
      };
      if (fate === 'lost') world.lost++;
      if (fate === 'lost') return { kind: 'failed', reason: 'lost' };
      if (fate === 'late') {
        clock.after(world.delay(), () => void arrive());
        return { kind: 'answered', status: 204 };
      }
      if (fate === 'twice') await arrive();
      return { kind: 'answered', status: await arrive() };
    },
  });
  let token = '';
  const send: World['send'] = async (method, path, body) => {
    const [pathname = '', query = ''] = path.split('?');
    const headers = { 'x-application-id': '5', authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const bytes = body === undefined ? undefined : new TextEncoder().encode(JSON.stringify(body));
    const {
      status,
      headers: sent,
      body: answer,
    } = await sim.handle({ method, path: pathname, query, headers, body: bytes });
    if (status >= 400) throw new Error(`${method} ${path}: ${status} ${String(answer)}`);
    const text = answer === undefined ? '' : String(answer);
    range = sent['content-range'] ?? '';
    return { status, data: text === '' ? undefined : JSON.parse(text) };
  };
  let range = '';
  const read = async (method: string, path: string): Promise<{ readonly data: unknown; readonly range: string }> => {
    calls++;
    spent.push(clock.now());
    const answer = { ...(await send(method, path)), range };
    const ms = world.latency();
    if (ms > 0) await new Promise<void>((resolve) => clock.after(ms, resolve));
    return answer;
  };
  const source: AssetSource = {
    get: async (id) => (await read('GET', `/ES/Assets/${id}`)).data as AssetDetails | undefined,
    async page({ offset, size }) {
      const { data, range } = await read('GET', `/ES/Assets?offset=${offset}&fetch=${size}`);
      if (data === undefined) return { rows: [], first: offset, total: offset };
      const rows = Object.values(data as Record<string, AssetListItem>).sort((a, b) => a.id - b.id);
      return { rows, first: offset, total: Number(/\/(\d+)/.exec(range)?.[1] ?? rows.length) };
    },
    async count() {
      const { range } = await read('HEAD', '/ES/Assets');
      return Number(/\/(\d+)/.exec(range)?.[1]);
    },
    available() {
      spent = spent.filter((at) => at > clock.now() - 60_000);
      return Math.max(0, perMinute - spent.length);
    },
  };
  const world: World = {
    clock,
    sim,
    calls: () => calls,
    source,
    send,
    receiver: undefined,
    fate: () => 'arrives',
    delay: () => 1 + ((calls * 7919) % 7) * 900,
    lost: 0,
    latency: () => 0,
    async advance(ms) {
      const until = clock.now() + ms;
      for (let step = Math.max(1, Math.ceil(ms / 20)); clock.now() < until; ) {
        clock.advance(Math.min(step, until - clock.now()));
        await flush();
        step = Math.max(1, step);
      }
      for (let turn = 0; turn < 5; turn++) await flush();
    },
  };
  const login = await send('POST', '/AUTHZ/AccessTokens', { serviceToken: sim.control.info.serviceToken });
  token = (login.data as { access_token: string }).access_token;
  const uri = `http://127.0.0.1:1/hook?key=${secret}`;
  await send('POST', '/MSG/Webhooks', [{ name: 'proof', uri, isActive: true, events: [40, 41, 42, 43, 44] }]);
  return world;
}
