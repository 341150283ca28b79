import type { EventEmitter } from 'node:events';

/** Milliseconds in which the other side reads what came before a reset: bytes and reset found together look like an ordinary end. */
export const beforeReset = 10;

/** Waits in real time, because a socket's other side lives in it; over at once when `stream` closes. */
export function pause(ms: number, stream: EventEmitter): Promise<void> {
  return new Promise((resolve) => {
    const over = (): void => {
      clearTimeout(timer);
      stream.off('close', over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    stream.on('close', over);
  });
}
