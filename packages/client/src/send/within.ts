import type { Clock } from '../clock.ts';
import { callError } from '../error.ts';

/** What ends a piece of work early. */
export interface Bounds {
  readonly ms: number;
  /** The option that says how long. */
  readonly field: 'timeoutMs' | 'deadlineMs';
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** For the error. */
  readonly operationId: string;
}

/**
 * Gives work a signal that fires when the caller's does or the time is up. The result does not wait for work that ignores its signal,
 * and nothing stays behind on the caller's.
 */
export function within<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { ms, field, clock, signal, operationId }: Bounds,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const end = (settle: () => void): void => {
      cancel();
      signal?.removeEventListener('abort', stop);
      settle();
      controller.abort();
    };
    const stop = (): void =>
      end(() =>
        reject(callError('hubex/aborted', operationId, { message: 'aborted by the caller.', cause: signal?.reason })),
      );
    const message = `took over ${ms} ms. Raise ${field} or try later.`;
    const cancel = clock.after(ms, () =>
      end(() => reject(callError('hubex/timeout', operationId, { message, field }))),
    );
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) return stop();
    // What it throws at once counts like what it rejects with.
    (async () => work(controller.signal))().then(
      (value) => end(() => resolve(value)),
      (error) => end(() => reject(error)),
    );
  });
}
