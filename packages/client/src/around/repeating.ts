import { type Clock, pause, systemClock } from '../clock.ts';
import { type HubexError, isHubexError } from '../error.ts';
import type { Outgoing, Send } from '../send/outgoing.ts';
import type { Hooks } from './observed.ts';

/** How calls are repeated. */
export interface RetryOptions {
  /** Repetitions after the first try, 0 to 10. 0 means none. Default 3. */
  readonly attempts?: number;
  /** Milliseconds the first pause is drawn from; doubles each time. Default 500. */
  readonly baseMs?: number;
  /** Most milliseconds a pause is drawn from. Default 30000. A Retry-After of HubEx counts as it is. */
  readonly capMs?: number;
}

/** What repeating takes besides its numbers. */
export interface RepeatingParts extends Pick<Hooks, 'onRetry'> {
  /** Default: the computer's own time. */
  readonly clock?: Clock;
  /** From 0 to below 1, for the spread of the pauses. Default Math.random. */
  readonly random?: () => number;
}

/** Repeats what failed in a way that may pass and does no harm when done twice: full jitter, or as long as HubEx asked for. */
export function repeating(send: Send, options: RetryOptions = {}, parts: RepeatingParts = {}): Send {
  const { attempts = 3, baseMs = 500, capMs = 30_000 } = options;
  const { clock = systemClock, random = Math.random, onRetry } = parts;
  return async (request) => {
    const { id: operationId, signal } = request;
    for (let attempt = 1; ; attempt++) {
      try {
        return await send(request);
      } catch (error) {
        if (!isHubexError(error)) throw error;
        if (attempt > attempts || !isWorthRepeating(error, request)) {
          if (attempt > 1) error.message += ` It was tried ${attempt} times.`;
          throw error;
        }
        const drawn = Math.floor(random() * Math.min(capMs, baseMs * 2 ** (attempt - 1)));
        const waitMs = error.retryAfter === undefined ? drawn : error.retryAfter * 1_000;
        onRetry?.({ operationId, attempt, waitMs, code: error.code });
        await pause(waitMs, { clock, signal });
      }
    }
  };
}

/** Whether trying again can help and cannot do harm: never a POST that may have been carried out. */
function isWorthRepeating({ code, status }: HubexError, { method, isHarmless }: Outgoing): boolean {
  // Refused, hence not carried out, whatever the method.
  if (code === 'hubex/rate-limited') return true;
  const mayPass = code === 'hubex/server' || code === 'hubex/network' || code === 'hubex/timeout';
  return mayPass && status !== 501 && (method !== 'POST' || isHarmless);
}
