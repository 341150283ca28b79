import { isIP } from 'node:net';
import type { CallResult, Deliverer, OutgoingCall } from '@hubex-kit/simulator';
import type { Pool } from 'undici';
import { guardedLookup, mayDeliverTo, refusal } from './address-guard.ts';

/** Connections to one receiver. */
const connections = 32;
/** Receivers that are remembered; the one unused for longest goes first. */
const mostPools = 64;
/** Milliseconds to connect, at most. */
const longestConnect = 10_000;

/**
 * Delivers over HTTP: one pool of kept-alive connections for each origin, undici's own time limits, redirects not followed (B147).
 * undici is loaded with the first delivery, so that a server without webhooks starts without it.
 */
export function createHttpDeliverer(options: { readonly allowPublic: boolean }): Deliverer {
  const pools = new Map<string, Pool>();
  const poolFor = async (origin: string): Promise<Pool> => {
    const { Pool } = await import('undici');
    const pool =
      pools.get(origin) ?? new Pool(origin, { connections, pipelining: 1, connect: connector(options.allowPublic) });
    pools.delete(origin);
    pools.set(origin, pool);
    const [oldest] = pools;
    if (pools.size > mostPools && oldest) {
      pools.delete(oldest[0]);
      oldest[1].close().catch(() => undefined); // it ends its calls first; nobody waits for it
    }
    return pool;
  };

  const deliver: Deliverer = async (call) => {
    const target = readTarget(call.url, options.allowPublic);
    if (typeof target === 'string') return { kind: 'failed', reason: target };
    try {
      return await send(await poolFor(target.origin), { call, path: `${target.pathname}${target.search}` });
    } catch (error) {
      return { kind: 'failed', reason: reasonOf(error, call.timeoutMs) };
    }
  };
  deliver.cancel = async () => {
    const open = [...pools.values()];
    pools.clear();
    await Promise.all(open.map((pool) => pool.destroy()));
  };
  return deliver;
}

async function send(pool: Pool, { call, path }: { call: OutgoingCall; path: string }): Promise<CallResult> {
  const { method, headers, body, timeoutMs } = call;
  const response = await pool.request({
    path,
    method,
    headers,
    body,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  // The status decides; the rest of the answer is read away, up to a limit, so that the connection can be used again.
  response.body.dump({ limit: 65_536 }).catch(() => undefined); // a broken rest changes nothing about the status
  return { kind: 'answered', status: response.statusCode };
}

/** The address to call, or why it is not called. */
function readTarget(url: string, allowPublic: boolean): URL | string {
  if (!URL.canParse(url)) return 'The address of the webhook is not a URL.';
  const target = new URL(url);
  if (target.protocol !== 'http:' && target.protocol !== 'https:')
    return `The address of the webhook starts with ${target.protocol}, not with http or https.`;
  const host = target.hostname.replace(/^\[|\]$/g, '');
  // Nothing is looked up for an address in digits, so it is judged here.
  if (!allowPublic && isIP(host) !== 0 && !mayDeliverTo(host)) return refusal(host);
  return target;
}

function connector(allowPublic: boolean): { timeout: number; lookup?: typeof guardedLookup } {
  return allowPublic ? { timeout: longestConnect } : { timeout: longestConnect, lookup: guardedLookup };
}

function reasonOf(error: unknown, timeoutMs: number): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') return `no answer within ${timeoutMs} ms`;
  return error instanceof Error ? error.message || code : String(error);
}
