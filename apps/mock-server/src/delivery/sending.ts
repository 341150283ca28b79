import type { CallResult, OutgoingCall } from '@hubex-kit/simulator';
import type { Dispatcher } from 'undici';
import { connectTimeout } from './pools.ts';

/** Bytes of an answer that are read away to keep the connection; a longer answer costs it. */
const longestAnswer = 65_536;

type Controller = Dispatcher.DispatchController;

/**
 * One call on its way, told by undici how it goes: the cheapest way to send, and the only one that can take back a call which still waits
 * for a connection. The first word counts: an answer, an error or a breaking off.
 */
export class Sending implements Dispatcher.DispatchHandler {
  readonly #timeoutMs: number;
  readonly #settle: (result: CallResult) => void;
  readonly #end: () => void;
  #controller: Controller | undefined;
  #brokenOff = false;
  #read = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `settle` is told the result, more than once if need be; `end` when the connection is free or gone. */
  constructor(
    call: Pick<OutgoingCall, 'timeoutMs'>,
    { settle, end }: { settle: (result: CallResult) => void; end: () => void },
  ) {
    this.#timeoutMs = call.timeoutMs;
    this.#settle = settle;
    this.#end = end;
  }

  /** Whether it must not go out any more. */
  get isBrokenOff(): boolean {
    return this.#brokenOff;
  }

  /** Ends it now if it is under way; if it still waits for a connection, it never goes out. */
  breakOff(reason: string): void {
    this.#brokenOff = true;
    this.#settle({ kind: 'failed', reason });
    this.#controller?.abort(new Error(reason));
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    if (this.#brokenOff) controller.abort(new Error('broken off'));
  }

  onResponseStart(_controller: Controller, status: number): void {
    // 1xx is only news: the answer is still to come.
    if (status >= 200) this.#settle({ kind: 'answered', status });
  }

  /** The status has decided; the rest only has to go, so that the connection can be used again. An answer without an end loses it. */
  onResponseData(controller: Controller, chunk: Buffer): void {
    this.#read += chunk.byteLength;
    if (this.#read > longestAnswer) controller.abort(new Error('the answer is too long to be read away'));
    else this.#timer ??= setTimeout(() => controller.abort(new Error('the answer has no end')), this.#timeoutMs);
  }

  onResponseEnd(): void {
    this.#over();
  }

  onResponseError(_controller: Controller, error: Error): void {
    this.#settle({ kind: 'failed', reason: reasonOf(error, this.#timeoutMs) });
    this.#over();
  }

  #over(): void {
    this.#controller = undefined;
    clearTimeout(this.#timer);
    this.#end();
  }
}

/** Why a call failed, in words that are the same each time and hold no address. */
export function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return `no answer within ${timeoutMs} ms`;
    case 'UND_ERR_CONNECT_TIMEOUT':
      return `no connection within ${connectTimeout(timeoutMs)} ms`;
    default:
      // OpenSSL's own text starts with an address in memory: different each time.
      return code.startsWith('ERR_SSL_') ? `TLS failed: ${code}` : error.message || code;
  }
}
