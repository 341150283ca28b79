import type { OperationId } from '@hubex-kit/contract/operations';
import type { Priority } from '../around/rate-limiter.ts';

/** One request on its way out, token included. */
export interface Outgoing {
  readonly id: OperationId;
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: RequestInit['body'] | undefined;
  readonly signal: AbortSignal;
  /** Milliseconds one attempt may take. */
  readonly timeoutMs: number;
  readonly priority: Priority | undefined;
  /** A POST that may be made twice. */
  readonly isHarmless: boolean;
}

/** A good answer, its JSON parsed. */
export interface LooseReply {
  readonly status: number;
  readonly headers: Headers;
  readonly data: unknown;
}

/** Gets a request answered. Whatever is not a good answer is a HubexError. What repeats, waits or looks on is put around one of these. */
export type Send = (request: Outgoing) => Promise<LooseReply>;
