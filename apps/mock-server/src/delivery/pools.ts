import type { Pool } from 'undici';
import { type DeliveryRule, guardedLookup } from './address-guard.ts';

/** Connections of one pool. */
const connections = 32;
/** Pools that are kept; the one unused for longest goes first. */
const mostPools = 64;

/** Milliseconds connecting may take in a call of `timeoutMs`. */
export function connectTimeout(timeoutMs: number): number {
  return Math.min(timeoutMs, 10_000);
}

/** What a pool is wanted for. */
export interface Destination {
  readonly origin: string;
  /** Tells webhooks apart, those of other tenants too. */
  readonly webhook: string;
  /** Milliseconds a call may take. */
  readonly timeoutMs: number;
}

interface Lane {
  readonly pool: Pool;
  /** Calls that were given to the pool and are not over. */
  calls: number;
}

/**
 * Pools of kept-alive connections, one for each origin. A webhook that finds its origin's pool full, because another webhook's calls hang
 * there, gets a pool of its own: webhooks do not wait for each other (B149). undici is loaded with the first delivery, so that a server
 * without webhooks starts without it.
 */
export class Pools {
  readonly #rule: DeliveryRule;
  readonly #open: Map<string, Lane> = new Map();
  readonly #closing: Set<Pool> = new Set();
  #destroyed = 0;

  constructor(rule: DeliveryRule) {
    this.#rule = rule;
  }

  /** Runs one call on the pool it belongs to. */
  async run<Result>(destination: Destination, call: (pool: Pool) => Promise<Result>): Promise<Result> {
    const before = this.#destroyed;
    const { Pool } = await import('undici');
    // Loading takes a moment; a call that was broken off in it must not go out afterwards.
    if (before !== this.#destroyed) throw new Error('broken off');
    const lane = this.#choose(Pool, destination);
    lane.calls++;
    try {
      return await call(lane.pool);
    } finally {
      lane.calls--;
    }
  }

  /** Breaks off every call under way; resolves when no connection is left. */
  async destroy(): Promise<void> {
    this.#destroyed++;
    const all = [...[...this.#open.values()].map(({ pool }) => pool), ...this.#closing];
    this.#open.clear();
    await Promise.all(all.map((pool) => pool.destroy()));
  }

  #choose(Pool: typeof import('undici').Pool, { origin, webhook, timeoutMs }: Destination): Lane {
    const timeout = connectTimeout(timeoutMs);
    const named = (key: string): Lane => {
      const connect = { timeout, lookup: guardedLookup(this.#rule) };
      const lane = this.#open.get(key) ?? { pool: new Pool(origin, { connections, pipelining: 1, connect }), calls: 0 };
      this.#open.delete(key);
      this.#open.set(key, lane);
      return lane;
    };
    const shared = named(`${origin} ${timeout}`);
    const lane = shared.calls < connections ? shared : named(`${origin} ${timeout} ${webhook}`);
    this.#shrink();
    return lane;
  }

  #shrink(): void {
    for (const [key, { pool }] of this.#open) {
      if (this.#open.size <= mostPools) return;
      this.#open.delete(key);
      this.#closing.add(pool);
      // It ends its calls first, and nobody waits for it; one destroyed meanwhile has nothing left to close.
      const gone = (): void => void this.#closing.delete(pool);
      pool.close().then(gone, gone);
    }
  }
}
