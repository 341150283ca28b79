import type { Clock } from '../clock.ts';
import type { TransmissionSteps } from './transmission.ts';

/**
 * A body as a stream of fetch: pieces come by the clock; a reset or a cut is an error of the stream, silence a stream that stays open until
 * its reader cancels it or the signal aborts.
 */
export function bodyStream(
  bytes: Uint8Array,
  context: { steps: TransmissionSteps; clock: Clock; signal?: AbortSignal },
): ReadableStream<Uint8Array> {
  const { steps, clock, signal } = context;
  const pieces = [...steps.pieces];
  let stop = (): void => undefined;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const abort = (): void => {
          stop();
          controller.error(signal?.reason);
        };
        signal?.addEventListener('abort', abort, { once: true });
      },
      async pull(controller) {
        const piece = pieces.shift();
        if (piece) {
          if (piece.waitMs > 0) await pause((resume) => clock.after(piece.waitMs, resume));
          controller.enqueue(bytes.subarray(piece.from, piece.till));
          return;
        }
        if (steps.ending === 'end') controller.close();
        else if (steps.ending === 'silence') await pause(() => () => undefined);
        else controller.error(brokenOff(steps.ending));
      },
      cancel: () => stop(),
    },
    { highWaterMark: 0 },
  );

  /** Waits until resumed, or until nobody wants the body any more. */
  function pause(wait: (resume: () => void) => () => void): Promise<void> {
    return new Promise((resolve) => {
      const cancel = wait(resolve);
      stop = () => {
        cancel();
        resolve();
      };
    });
  }
}

/** What fetch rejects with, and a body errors with, when the connection breaks: a TypeError whose cause has the socket's code. */
export function brokenOff(ending: 'cut' | 'reset'): TypeError {
  const [code, message] =
    ending === 'reset' ? ['ECONNRESET', 'The connection was reset.'] : ['UND_ERR_SOCKET', 'The other side closed.'];
  return new TypeError(ending === 'reset' ? 'fetch failed' : 'terminated', {
    cause: Object.assign(new Error(message), { code }),
  });
}
