import type { CallResult, Deliverer, OutgoingCall, Transmission } from '@hubex-kit/simulator';
import { type DeliveryRule, guardedLookup } from './address-guard.ts';
import { headersOf } from './headers-of.ts';
import { breakOff, type OpenCall } from './open-calls.ts';
import { type Lane, Pools } from './pools.ts';
import { sendFaultyCall } from './send-faulty-call.ts';
import { reasonOf, Sending } from './sending.ts';
import { type Target, Targets } from './targets.ts';

/** What came of one call; `ms` is how long it took. Holds no secret. */
export interface DeliveryReport extends Pick<OutgoingCall, 'tenantId' | 'deliveryId' | 'webhookId' | 'attempt'> {
  readonly result: CallResult;
  readonly ms: number;
}

/** Delivers over HTTP: undici's own time limits, redirects not followed (B147), body and headers as given. Never rejects. */
export function createHttpDeliverer(
  options: DeliveryRule & { readonly onDelivery?: ((report: DeliveryReport) => void) | undefined },
): Deliverer {
  const pools = new Pools(options);
  const targets = new Targets(options);
  const underWay = new Map<OutgoingCall, { breakOff(reason: string): void }>();

  const send = (call: OutgoingCall, { origin, path }: Target): Promise<CallResult> =>
    new Promise((resolve) => {
      let lane: Lane | undefined;
      const end = (): void => {
        // Told once or twice when something fails at once: counted once.
        if (underWay.delete(call) && lane) lane.calls--;
      };
      const sending = new Sending(call, { settle: resolve, end });
      underWay.set(call, sending);
      const go = (): void => {
        // Loading the client takes a moment; a call that was broken off in it must not go out afterwards.
        if (sending.isBrokenOff) {
          end();
          return;
        }
        const { method, body, timeoutMs } = call;
        lane = pools.lane({ origin, webhook: `${call.tenantId}/${call.webhookId}`, timeoutMs });
        lane.calls++;
        const times = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs };
        lane.pool.dispatch({ path, method, headers: headersOf(call), body, ...times }, sending);
      };
      const failed = (error: unknown): void => {
        resolve({ kind: 'failed', reason: reasonOf(error, call.timeoutMs) });
        end();
      };
      if (!pools.isReady) return void pools.load().then(go).catch(failed);
      try {
        go();
      } catch (error) {
        failed(error);
      }
    });

  const sendFaulty = async (
    call: OutgoingCall,
    { target, transmission }: { target: Target; transmission: Transmission },
  ): Promise<CallResult> => {
    const open: OpenCall = { isCancelled: false, end: () => undefined };
    underWay.set(call, { breakOff: (reason) => breakOff(open, reason) });
    try {
      const url = new URL(target.path, target.origin);
      return await sendFaultyCall(call, { target: url, transmission, open, lookup: guardedLookup(options) });
    } catch (error) {
      return { kind: 'failed', reason: reasonOf(error, call.timeoutMs) };
    } finally {
      underWay.delete(call);
    }
  };

  const attempt = (call: OutgoingCall): Promise<CallResult> => {
    const target = targets.of(call.url);
    if (typeof target === 'string') return Promise.resolve({ kind: 'failed', reason: target });
    const { transmission } = call;
    return transmission ? sendFaulty(call, { target, transmission }) : send(call, target);
  };
  const giveUp = (call: OutgoingCall): void => underWay.get(call)?.breakOff(`no answer within ${call.timeoutMs} ms`);
  const cancel = async (tenantId?: number): Promise<void> => {
    for (const [call, sending] of [...underWay])
      if (tenantId === undefined || call.tenantId === tenantId) sending.breakOff('broken off');
    if (tenantId === undefined) await pools.destroy();
  };
  // Whatever goes wrong here, the first call tells.
  const prepare = (): void => void pools.load().catch(() => undefined);
  const { onDelivery } = options;
  const deliver = onDelivery ? reported(attempt, onDelivery) : attempt;
  return Object.assign(deliver, { prepare, cancel, giveUp, transmits: true });
}

function reported(attempt: Deliverer, onDelivery: (report: DeliveryReport) => void): Deliverer {
  return async (call) => {
    const { tenantId, deliveryId, webhookId, attempt: number } = call;
    const started = performance.now();
    const result = await attempt(call);
    const ms = Math.round(performance.now() - started);
    onDelivery({ tenantId, deliveryId, webhookId, attempt: number, result, ms });
    return result;
  };
}
