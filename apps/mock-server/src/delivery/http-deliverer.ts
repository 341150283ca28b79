import { isIP } from 'node:net';
import type { CallResult, Deliverer, OutgoingCall } from '@hubex-kit/simulator';
import { type DeliveryRule, guardedLookup, refusal } from './address-guard.ts';
import { type OpenCall, OpenCalls } from './open-calls.ts';
import { connectTimeout, Pools } from './pools.ts';
import { sendCall } from './send-call.ts';
import { sendFaultyCall } from './send-faulty-call.ts';

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
  const calls = new OpenCalls();
  const attempt = async (call: OutgoingCall): Promise<CallResult> => {
    const target = readTarget(call.url, options);
    if (typeof target === 'string') return { kind: 'failed', reason: target };
    const { tenantId, webhookId, timeoutMs, transmission } = call;
    const open: OpenCall = { isCancelled: false, end: () => undefined };
    calls.add(tenantId, open);
    try {
      if (transmission)
        return await sendFaultyCall(call, { target, transmission, open, lookup: guardedLookup(options) });
      const path = `${target.pathname}${target.search}`;
      const destination = { origin: target.origin, webhook: `${tenantId}/${webhookId}`, timeoutMs };
      return await pools.run(destination, (pool) => {
        // The client took a moment to load; what was cancelled meanwhile must not go out.
        if (open.isCancelled) throw new Error('broken off');
        return sendCall(pool, { call, path, open });
      });
    } catch (error) {
      return { kind: 'failed', reason: reasonOf(error, call.timeoutMs) };
    } finally {
      calls.remove(tenantId, open);
    }
  };
  const deliver: Deliverer = async (call) => {
    const { tenantId, deliveryId, webhookId, attempt: number } = call;
    const started = performance.now();
    const result = await attempt(call);
    const ms = Math.round(performance.now() - started);
    options.onDelivery?.({ tenantId, deliveryId, webhookId, attempt: number, result, ms });
    return result;
  };
  const cancel = async (tenantId?: number): Promise<void> => {
    calls.cancel(tenantId);
    if (tenantId === undefined) await pools.destroy();
  };
  return Object.assign(deliver, { cancel, transmits: true });
}

/** The address to call, or why it is not called. */
function readTarget(url: string, rule: DeliveryRule): URL | string {
  if (!URL.canParse(url)) return 'The address of the webhook is not a URL.';
  const target = new URL(url);
  if (target.protocol !== 'http:' && target.protocol !== 'https:')
    return `The address of the webhook starts with ${target.protocol}, not with http or https.`;
  const hostname = target.hostname.replace(/^\[|\]$/g, '');
  // Nothing is looked up for an address in digits, so it is judged here.
  return (isIP(hostname) !== 0 && refusal(hostname, { hostname, allowPublic: rule.allowPublic })) || target;
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return `no answer within ${timeoutMs} ms`;
    case 'UND_ERR_CONNECT_TIMEOUT':
      return `no connection within ${connectTimeout(timeoutMs)} ms`;
    default:
      // OpenSSL's own text starts with an address in memory: different each time.
      return code.startsWith('ERR_SSL_') ? `TLS failed: ${code}` : error.message || code;
  }
}
