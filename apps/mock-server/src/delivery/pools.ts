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
  /** Tells webhooks of all tenants apart. */
  readonly webhook: string;
  /** Milliseconds a call may take. */
  readonly timeoutMs: number;
}

/** A pool and how busy it is. */
export interface Lane {
  readonly pool: Pool;
  /** Calls that were given to the pool and are not over; whoever gives it one counts it. */
  calls: number;
}

/**
 * Pools of kept-alive connections, one for each origin. A webhook that finds its origin's pool full, because another webhook's calls hang
 * there, gets a pool of its own: webhooks do not wait for each other (B149). undici is loaded when the first webhook is
 * registered, so that a server without webhooks starts without it.
 */
export class Pools {
  readonly #rule: DeliveryRule;
  readonly #open: Map<string, Lane> = new Map();
  readonly #closing: Set<Pool> = new Set();
  #client: typeof import('./client.ts') | undefined;

  constructor(rule: DeliveryRule) {
    this.#rule = rule;
  }

  /** Whether `lane` can be asked. */
  get isReady(): boolean {
    return this.#client !== undefined;
  }

  async load(): Promise<void> {
    this.#client ??= await import('./client.ts');
  }

  /** The pool that a call belongs to. Only after `load`. */
  lane({ origin, webhook, timeoutMs }: Destination): Lane {
    const timeout = connectTimeout(timeoutMs);
    const shared = this.#named(`${origin} ${timeout}`, { origin, timeout });
    if (shared.calls < connections) return shared;
    return this.#named(`${origin} ${timeout} ${webhook}`, { origin, timeout });
  }

  /** Ends every connection; resolves when none is left. */
  async destroy(): Promise<void> {
    const all = [...[...this.#open.values()].map(({ pool }) => pool), ...this.#closing];
    this.#open.clear();
    await Promise.all(all.map((pool) => pool.destroy()));
  }

  #named(key: string, { origin, timeout }: { origin: string; timeout: number }): Lane {
    const known = this.#open.get(key);
    if (known && this.#open.size === 1) return known;
    if (!this.#client) throw new Error('Pools.lane was asked before Pools.load was done.');
    const connect = { timeout, lookup: guardedLookup(this.#rule) };
    const lane = known ?? { pool: new this.#client.Pool(origin, { connections, pipelining: 1, connect }), calls: 0 };
    this.#open.delete(key);
    this.#open.set(key, lane);
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
