import { expect } from 'vitest';
import { createManualClock, type ManualClock } from '../src/clock.ts';
import type { CallResult, OutgoingCall } from '../src/outbox/deliverer.ts';
import { type Control, createSimulator, type Simulator } from '../src/simulator.ts';
import type { Scenario } from '../src/traffic/scenario.ts';

/** 2026-03-02 08:15:40 UTC. */
export const startTime: number = Date.UTC(2026, 2, 2, 8, 15, 40);

/** A tenant in use: signed in, with one webhook for all five events unless told otherwise. */
export interface Session {
  readonly sim: Simulator;
  /** The tenant's controls. */
  readonly control: Control;
  /** The host's clock. */
  readonly host: ManualClock;
  /** What the receiver got, of all tenants. */
  readonly calls: OutgoingCall[];
  /** How the receiver answers; may be changed. */
  answer: (call: OutgoingCall) => CallResult | Promise<CallResult>;
  send(what: string, body?: unknown): Promise<{ readonly status: number; readonly text: string }>;
  /** Registers a webhook; returns its id. */
  hook(fields?: Readonly<Record<string, unknown>>): Promise<number>;
  /** Creates an asset below site 101; returns its id. */
  create(): Promise<number>;
  signIn(): Promise<void>;
}

/** Starts a simulator, or joins one, as the user of one service token. */
export async function createSession(
  options: Parameters<typeof createSimulator>[0] & { readonly token?: string; readonly hooks?: number } = {},
): Promise<Session> {
  const { token = 'demo-service-token', hooks = 1, ...rest } = options;
  const host = createManualClock(startTime);
  const calls: OutgoingCall[] = [];
  const sim = createSimulator({
    assets: 30,
    clock: host,
    async deliver(call) {
      calls.push(call);
      return session.answer(call);
    },
    ...rest,
  });
  let jwt = '';
  const session: Session = {
    sim,
    control: sim.tenant(token),
    host,
    calls,
    answer: () => ({ kind: 'answered', status: 204 }),
    async send(what, body) {
      const [method = '', path = ''] = what.split(' ');
      const [pathname = '', query = ''] = path.split('?');
      const headers = { 'x-application-id': '5', authorization: `Bearer ${jwt}`, 'content-type': 'application/json' };
      const bytes = body === undefined ? undefined : new TextEncoder().encode(JSON.stringify(body));
      const reply = await sim.handle({ method, path: pathname, query, headers, body: bytes });
      return { status: reply.status, text: String(reply.body ?? '') };
    },
    async hook(fields = {}) {
      const webhook = { name: 'h', uri: 'http://127.0.0.1/h', isActive: true, events: [40, 41, 42, 43, 44], ...fields };
      const { status, text } = await session.send('POST /MSG/Webhooks', [webhook]);
      expect(status, text).toBe(201);
      return JSON.parse(text)[0];
    },
    async create() {
      const asset = { name: 'Лифт', companyID: 1, assetTypeID: 3, assetClassID: 1, parentID: 101 };
      const { status, text } = await session.send('POST /ES/Assets', asset);
      expect(status, text).toBe(201);
      return JSON.parse(text).id;
    },
    async signIn() {
      jwt = '';
      const { status, text } = await session.send('POST /AUTHZ/AccessTokens', { serviceToken: token });
      expect(status, text).toBe(200);
      jwt = JSON.parse(text).access_token;
    },
  };
  await session.signIn();
  for (let count = 0; count < hooks; count++) await session.hook();
  return session;
}

/** Two hours of work, for some time of which every delivery goes out twice. */
export const busyHours: Scenario = {
  name: 'busy-hours',
  phases: [
    { do: [{ action: 'import', count: 4, changed: 0.5 }] },
    { for: '2h', flow: { rate: '1/m', mix: { edit: 6, create: 2, publish: 2, unpublish: 2, delete: 1 } } },
    { at: '30m', for: '30m', faults: [{ on: 'delivery', fault: 'duplicate' }] },
  ],
};
