import type { Clock } from '../clock.ts';
import { type HubexErrorCode, isHubexError } from '../error.ts';
import type { Send } from '../send/outgoing.ts';

/** What a client tells while it works; never a token, an address or a body. A hook that throws breaks nothing. */
export interface Hooks {
  readonly onRequest?: (request: { readonly operationId: string; readonly method: string }) => void;
  readonly onResponse?: (response: {
    readonly operationId: string;
    readonly method: string;
    readonly status: number;
    readonly ms: number;
  }) => void;
  /** Before the pause that precedes repetition number `attempt`. */
  readonly onRetry?: (retry: {
    readonly operationId: string;
    readonly attempt: number;
    readonly waitMs: number;
    readonly code: HubexErrorCode;
  }) => void;
}

/** Tells the hooks of each request and each answer. */
export function observed(send: Send, { hooks, clock }: { readonly hooks: Hooks; readonly clock: Clock }): Send {
  return async (request) => {
    const told = { operationId: request.id, method: request.method };
    const startedAt = clock.now();
    const answered = (status: number): void =>
      quietly(hooks.onResponse, { ...told, status, ms: clock.now() - startedAt });
    quietly(hooks.onRequest, told);
    try {
      const reply = await send(request);
      answered(reply.status);
      return reply;
    } catch (error) {
      if (isHubexError(error) && error.status !== undefined) answered(error.status);
      throw error;
    }
  };
}

/** Calls a hook; what it throws ends here, because the call goes on. */
export function quietly<T>(hook: ((value: T) => void) | undefined, value: T): void {
  try {
    hook?.(value);
  } catch {
    // There is nobody to tell: the hook itself was the one.
  }
}
