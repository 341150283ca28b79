import { refuseOutside, refuseUnknown } from '../check.ts';
import { type Clock, systemClock } from '../clock.ts';

/** Spare calls are made only while nobody else waits and half of the burst is left. */
export type Priority = 'normal' | 'spare';

/** How fast calls may be made. */
export interface RateLimits {
  /** Calls a minute in the long run, 1 to 100000. HubEx names about 60 (B016). */
  readonly perMinute: number;
  /** Calls that may be made at once after a pause. Default: `perMinute`. */
  readonly burst?: number;
  readonly clock?: Clock;
}

/** Lets calls through at a rate. One may be shared by several clients of one tenant. */
export interface RateLimiter {
  /** Resolves with true when the call may be made, with false when the signal was aborted before. */
  take(options?: {
    readonly priority?: Priority | undefined;
    readonly signal?: AbortSignal | undefined;
  }): Promise<boolean>;
  /** Calls that could be made now without waiting. */
  available(): number;
  /** HubEx answered 429: nothing goes out for `waitMs`, and then at half the rate; it recovers within some minutes. */
  penalise(waitMs?: number): void;
}

interface Waiter {
  readonly priority: Priority;
  readonly go: (taken: boolean) => void;
}

/**
 * A token bucket. In the order of asking, spare calls after all others.
 * @throws HubexError `hubex/bad-option` for numbers that cannot be used.
 */
export function createRateLimiter(limits: RateLimits): RateLimiter {
  const { perMinute, burst = perMinute, clock = systemClock } = limits;
  refuseUnknown(limits, ['perMinute', 'burst', 'clock']);
  refuseOutside({ perMinute: [perMinute, 1, 100_000], burst: [burst, 1, 100_000] });
  let tokens = burst;
  let filledAt = clock.now();
  /** Share of the rate that is used, from 1/16 to 1. */
  let share = 1;
  const queue: Waiter[] = [];
  let cancel: (() => void) | undefined;

  const fill = (): void => {
    const passed = Math.max(0, clock.now() - filledAt);
    filledAt = Math.max(filledAt, clock.now());
    tokens = Math.min(burst, tokens + (passed / 60_000) * perMinute * share);
    // A minute without a 429 gives a tenth of the rate back.
    share = Math.min(1, share + (passed / 60_000) * 0.1);
  };
  const need = (priority: Priority): number => (priority === 'spare' ? Math.max(1, Math.ceil(burst / 2)) : 1);
  const serve = (): void => {
    cancel?.();
    cancel = undefined;
    fill();
    for (;;) {
      const next = queue.find(({ priority }) => priority === 'normal') ?? queue[0];
      if (!next) return;
      // A hair less than a whole token is rounding.
      const missing = need(next.priority) - tokens;
      if (missing > 1e-6) {
        const idle = Math.max(0, filledAt - clock.now());
        cancel = clock.after(idle + Math.ceil((missing / (perMinute * share)) * 60_000), serve);
        return;
      }
      tokens--;
      queue.splice(queue.indexOf(next), 1);
      next.go(true);
    }
  };
  return {
    take: ({ priority = 'normal', signal } = {}) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve(false);
        const leave = (): void => {
          queue.splice(queue.indexOf(waiter), 1);
          waiter.go(false);
          serve();
        };
        const waiter: Waiter = {
          priority,
          go(taken) {
            signal?.removeEventListener('abort', leave);
            resolve(taken);
          },
        };
        signal?.addEventListener('abort', leave);
        queue.push(waiter);
        serve();
      }),
    available() {
      fill();
      return queue.length > 0 ? 0 : Math.floor(tokens + 1e-6);
    },
    penalise(waitMs = 1_000) {
      fill();
      tokens = 0;
      share = Math.max(1 / 16, share / 2);
      // The bucket begins to fill when the wait is over.
      filledAt = Math.max(filledAt, clock.now() + waitMs);
      serve();
    },
  };
}
