import { isIP } from 'node:net';
import type { CallResult, Deliverer, OutgoingCall } from '@hubex-kit/simulator';
import type { Dispatcher, Pool } from 'undici';
import { type DeliveryRule, refusal } from './address-guard.ts';
import { FaultyCalls } from './faulty-calls.ts';
import { connectTimeout, Pools } from './pools.ts';

/** Bytes of an answer that are read away to keep the connection; a longer answer costs it. */
const longestAnswer = 65_536;

/** What came of one call; `ms` is how long it took. Holds no secret. */
export interface DeliveryReport extends Pick<OutgoingCall, 'deliveryId' | 'webhookId' | 'attempt'> {
  readonly result: CallResult;
  readonly ms: number;
}

/** Delivers over HTTP: undici's own time limits, redirects not followed (B147), body and headers as given. Never rejects. */
export function createHttpDeliverer(
  options: DeliveryRule & { readonly onDelivery?: ((report: DeliveryReport) => void) | undefined },
): Deliverer {
  const pools = new Pools(options);
  const faulty = new FaultyCalls(options);
  const attempt = async (call: OutgoingCall): Promise<CallResult> => {
    const target = readTarget(call.url, options);
    if (typeof target === 'string') return { kind: 'failed', reason: target };
    try {
      const { webhookId, timeoutMs, transmission } = call;
      if (transmission) return await faulty.make(call, { target, transmission });
      const path = `${target.pathname}${target.search}`;
      return await pools.run({ origin: target.origin, webhookId, timeoutMs }, (pool) => send(pool, { call, path }));
    } catch (error) {
      return { kind: 'failed', reason: reasonOf(error, call.timeoutMs) };
    }
  };
  const deliver: Deliverer = async (call) => {
    const { deliveryId, webhookId, attempt: number } = call;
    const started = performance.now();
    const result = await attempt(call);
    const ms = Math.round(performance.now() - started);
    options.onDelivery?.({ deliveryId, webhookId, attempt: number, result, ms });
    return result;
  };
  const cancel = (): Promise<void> => {
    faulty.destroy();
    return pools.destroy();
  };
  return Object.assign(deliver, { cancel, transmits: true });
}

async function send(pool: Pool, { call, path }: { call: OutgoingCall; path: string }): Promise<CallResult> {
  const { method, headers, body, timeoutMs } = call;
  const times = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs };
  const response = await pool.request({ path, method, headers, body, ...times });
  readAway(response.body, timeoutMs);
  return { kind: 'answered', status: response.statusCode };
}

/** The status has decided; the rest only has to go, so that the connection can be used again. An answer without an end loses it. */
function readAway(body: Dispatcher.ResponseData['body'], timeoutMs: number): void {
  const timer = setTimeout(() => body.destroy(), timeoutMs);
  const done = (): void => clearTimeout(timer);
  body.dump({ limit: longestAnswer }).then(done, done);
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
