import { assetEvents } from '@hubex-kit/contract/events';
import { createSimulator, type OutgoingCall, type Simulator, type Switches } from '@hubex-kit/simulator';

/** Deliveries as the simulator makes them: whatever it does, the check does. */
export interface Samples {
  /** The call for an event, 40 to 44, of the same asset. */
  of(eventId: number): OutgoingCall;
  /** 41 with empty fields left out instead of null (the switch deliveryEmptyFields). */
  readonly sparse: OutgoingCall;
  /** 41 with CompanyID filled in (the switch deliveryCompanyId). */
  readonly withCompany: OutgoingCall;
}

/** Lets a HubEx in memory happen to have the five events, and keeps what it would have sent. */
export async function recordSamples(): Promise<Samples> {
  const usual = await record({});
  const [sparse, withCompany] = await Promise.all([
    record({ deliveryEmptyFields: 'omitted' }),
    record({ deliveryCompanyId: true }),
  ]);
  return { of: (eventId) => pick(usual, eventId), sparse: pick(sparse, 41), withCompany: pick(withCompany, 41) };
}

function pick(calls: ReadonlyMap<number, OutgoingCall>, eventId: number): OutgoingCall {
  const call = calls.get(eventId);
  if (!call) throw new Error(`The simulator sent no delivery for event ${eventId}.`);
  return call;
}

async function record(switches: Partial<Switches>): Promise<ReadonlyMap<number, OutgoingCall>> {
  const calls: OutgoingCall[] = [];
  const simulator = createSimulator({
    assets: 5,
    switches,
    async deliver(call) {
      calls.push(call);
      return { kind: 'answered', status: 204 };
    },
  });
  const events = assetEvents.map(({ id }) => id);
  // Nothing is called: the deliverer above only keeps what it gets.
  await send(simulator, '/MSG/Webhooks', [{ name: 'check', uri: 'http://127.0.0.1/', isActive: true, events }]);
  for (const eventId of events) await simulator.control.emit({ eventId, assetId: 101 });
  await simulator.control.settled();
  await simulator.control.close();
  return new Map(calls.map((call) => [Number(Object(JSON.parse(call.body)).EventID), call]));
}

async function send(simulator: Simulator, path: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json', 'x-application-id': '5' };
  const post = async (to: string, what: unknown, token = ''): Promise<Record<string, unknown>> => {
    const bytes = new TextEncoder().encode(JSON.stringify(what));
    const request = { method: 'POST', path: to, query: '', headers: { ...headers, authorization: token }, body: bytes };
    const reply = await simulator.handle(request);
    if (reply.status >= 300) throw new Error(`The simulator answered ${reply.status} to POST ${to}.`);
    return Object(JSON.parse(String(reply.body)));
  };
  const { serviceToken } = simulator.control.info;
  const { access_token } = await post('/AUTHZ/AccessTokens', { serviceToken });
  await post(path, body, `Bearer ${access_token}`);
}
