import type { HubexError } from '../error.ts';

/** How calls are repeated. */
export interface RetryOptions {
  /** Repetitions after the first try, 0 to 10. 0 means none. Default 3. */
  readonly attempts?: number;
  /** Milliseconds the first pause is drawn from; doubles each time. Default 500. */
  readonly baseMs?: number;
  /** Most milliseconds a pause is drawn from. Default 30000. A Retry-After of HubEx counts as it is. */
  readonly capMs?: number;
}

/** What the decision depends on. */
export interface Failure {
  readonly error: HubexError;
  readonly method: string;
  /** The request carries X-Concurrency-Stamp: repeating a creation does no harm (B169). */
  readonly isStamped: boolean;
}

const repeatable: readonly string[] = ['GET', 'HEAD', 'PUT', 'DELETE'];

/** Whether trying again can help and cannot do harm: never a POST that may have been carried out. */
export function isWorthRepeating({ error, method, isStamped }: Failure): boolean {
  // Refused, hence not carried out, whatever the method.
  if (error.code === 'hubex/rate-limited') return true;
  const mayPass = error.code === 'hubex/server' || error.code === 'hubex/network' || error.code === 'hubex/timeout';
  return mayPass && error.status !== 501 && (repeatable.includes(method) || isStamped);
}

/** Milliseconds to wait before repetition number `attempt` (1 for the first): full jitter, or what HubEx asked for. */
export function pauseBefore(
  attempt: number,
  context: { readonly error: HubexError; readonly retry: Required<RetryOptions>; readonly random: () => number },
): number {
  const { error, retry, random } = context;
  if (error.retryAfter !== undefined) return error.retryAfter * 1_000;
  return Math.floor(random() * Math.min(retry.capMs, retry.baseMs * 2 ** (attempt - 1)));
}
