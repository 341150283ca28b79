import type { CallResult, Deliverer, OutgoingCall } from '@hubex-kit/simulator';
import type { DeliveryRule } from './address-guard.ts';
import { type Lane, Pools } from './pools.ts';
import { reasonOf, Sending } from './sending.ts';
import { Targets } from './targets.ts';

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
  const underWay = new Map<OutgoingCall, Sending>();

  const attempt = (call: OutgoingCall): Promise<CallResult> => {
    const target = targets.of(call.url);
    if (typeof target === 'string') return Promise.resolve({ kind: 'failed', reason: target });
    return new Promise((resolve) => {
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
        lane = pools.lane({
          origin: target.origin,
          webhook: `${call.tenantId}/${call.webhookId}`,
          timeoutMs: call.timeoutMs,
        });
        lane.calls++;
        const { method, headers, body, timeoutMs } = call;
        const times = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs };
        lane.pool.dispatch({ path: target.path, method, headers, body, ...times }, sending);
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
  };

  const { onDelivery } = options;
  const deliver: Deliverer = onDelivery ? reported(attempt, onDelivery) : attempt;
  deliver.giveUp = (call) => underWay.get(call)?.breakOff(`no answer within ${call.timeoutMs} ms`);
  deliver.cancel = async (tenantId) => {
    for (const [call, sending] of [...underWay]) {
      if (tenantId === undefined || call.tenantId === tenantId) sending.breakOff('broken off');
    }
    if (tenantId === undefined) await pools.destroy();
  };
  return deliver;
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
