import type { ErrorModel } from '@hubex-kit/contract';

/** What went wrong. The list is closed; compare literally or use `isHubexError`. */
export type HubexErrorCode =
  | 'hubex/bad-option'
  | 'hubex/unauthorised'
  | 'hubex/forbidden'
  | 'hubex/not-found'
  | 'hubex/refused'
  | 'hubex/rate-limited'
  | 'hubex/server'
  | 'hubex/network'
  | 'hubex/timeout'
  | 'hubex/aborted'
  | 'hubex/incomplete-list'
  | 'hubex/unexpected-reply';

/** What is known about a failed call. */
export interface HubexErrorDetails {
  readonly operationId?: string;
  /** HTTP status, if HubEx answered. */
  readonly status?: number;
  /** What HubEx said; empty if it said nothing. */
  readonly errors?: readonly ErrorModel[];
  /** Seconds to wait, when HubEx named them (429). */
  readonly retryAfter?: number;
  /** The option or parameter at fault (hubex/bad-option). */
  readonly field?: string;
  readonly cause?: unknown;
}

/** Every failure of the client. Messages never hold a token. */
export class HubexError extends Error {
  override readonly name = 'HubexError';
  readonly code: HubexErrorCode;
  readonly errors: readonly ErrorModel[] = [];
  declare readonly operationId?: string;
  declare readonly status?: number;
  declare readonly retryAfter?: number;
  declare readonly field?: string;

  constructor(code: HubexErrorCode, message: string, { cause, ...details }: HubexErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    Object.assign(this, details);
  }
}

/**
 * Whether something is a failure of this client, optionally of one kind. Compares the code, so it also knows errors of another
 * copy of the package and survives minification.
 *
 * @example
 * if (isHubexError(error, 'hubex/rate-limited')) await later(error.retryAfter);
 */
export function isHubexError(error: unknown, code?: HubexErrorCode): error is HubexError {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return code ? error.code === code : /^hubex\//.test(`${error.code}`);
}

/** What went wrong with a call; the message begins with the operation. @internal */
export function callError(
  code: HubexErrorCode,
  operationId: string,
  { message, ...details }: HubexErrorDetails & { readonly message: string },
): HubexError {
  return new HubexError(code, `${operationId}: ${message}`, { operationId, ...details });
}
