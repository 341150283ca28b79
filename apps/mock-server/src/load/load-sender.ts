import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type DeliveryRule, guardedLookup, refusal } from '../delivery/address-guard.ts';
import { LoadError } from './load-error.ts';
import type { LoadSender } from './load-plan.ts';

/** A sender and what ends it. */
export interface OpenLoadSender {
  readonly send: LoadSender;
  close(): Promise<void>;
}

/**
 * Opens kept-alive connections to a receiver after its address was checked: loopback and private networks, others only when the host is
 * named in `allowHosts`, metadata addresses never. Redirects are not followed.
 * @throws LoadError when the address may not be called.
 */
export async function openLoadSender(
  target: URL,
  options: { readonly connections: number; readonly timeoutMs: number; readonly allowHosts: readonly string[] },
): Promise<OpenLoadSender> {
  const { connections, timeoutMs, allowHosts } = options;
  const hostname = target.hostname.replace(/^\[|\]$/g, '');
  const rule: DeliveryRule = { allowPublic: allowHosts.includes(hostname) };
  await checkAddress(hostname, rule);
  const { Pool } = await import('undici');
  const connect = { timeout: Math.min(timeoutMs, 10_000), lookup: guardedLookup(rule) };
  const times = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs };
  const pool = new Pool(target.origin, { connections, pipelining: 1, connect, ...times });
  const path = `${target.pathname}${target.search}`;
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return {
    async send(body) {
      try {
        const response = await pool.request({ path, method: 'POST', headers, body });
        // Only the status counts; the rest is read away so that the connection can be used again.
        response.body.dump({ limit: 65_536 }).catch(() => undefined);
        return { kind: 'answered', status: response.statusCode };
      } catch (error) {
        return { kind: 'lost', reason: reasonOf(error, timeoutMs) };
      }
    },
    close: () => pool.destroy(),
  };
}

async function checkAddress(hostname: string, rule: DeliveryRule): Promise<void> {
  const addresses = isIP(hostname) === 0 ? await find(hostname) : [hostname];
  for (const address of addresses) {
    if (refusal(address, { hostname, allowPublic: true }) !== undefined)
      throw new LoadError(`${hostname} is a link-local or metadata address; nothing is ever sent there.`);
    if (refusal(address, { hostname, ...rule }) !== undefined)
      throw new LoadError(
        `${hostname} is neither loopback nor private. If it is yours and may take the load, add --allow-host ${hostname}.`,
      );
  }
}

async function find(hostname: string): Promise<readonly string[]> {
  try {
    return (await lookup(hostname, { all: true })).map(({ address }) => address);
  } catch {
    throw new LoadError(`No address was found for ${hostname}; check --to.`);
  }
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') return `no answer within ${timeoutMs} ms`;
  return code || error.message;
}
