import type { CallResult, OutgoingCall } from '@hubex-kit/simulator';
import type { Dispatcher, Pool } from 'undici';
import type { OpenCall } from './open-calls.ts';

/** Bytes of an answer that are read away to keep the connection; a longer answer costs it. */
const longestAnswer = 65_536;

/**
 * Sends one call and resolves with the status. Speaks to undici's dispatcher itself: it can break a single call off without an AbortSignal
 * each, which would triple what a delivery costs.
 */
export function sendCall(
  pool: Pool,
  { call, path, open }: { call: OutgoingCall; path: string; open: OpenCall },
): Promise<CallResult> {
  const { method, headers, body, timeoutMs } = call;
  return new Promise((resolve, reject) => {
    let size = 0;
    let farewell: NodeJS.Timeout | undefined;
    open.end = reject;
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(controller) {
        open.abort = (reason) => controller.abort(reason);
        if (open.isCancelled) controller.abort(new Error('broken off'));
      },
      onResponseStart(controller, status) {
        resolve({ kind: 'answered', status });
        // The status has decided; the rest only has to go, so that the connection can be used again. An answer without an end loses it.
        farewell = setTimeout(() => controller.abort(new Error('the answer does not end')), timeoutMs);
      },
      onResponseData(controller, chunk) {
        size += chunk.byteLength;
        if (size > longestAnswer) controller.abort(new Error('the answer is too long'));
      },
      onResponseEnd() {
        clearTimeout(farewell);
      },
      onResponseError(_controller, error) {
        clearTimeout(farewell);
        reject(error);
      },
    };
    pool.dispatch({ path, method, headers, body, headersTimeout: timeoutMs, bodyTimeout: timeoutMs }, handler);
  });
}
