/** What a receiver complains about. */
export type ReceiverErrorCode =
  | 'receiver/bad-option'
  | 'receiver/duplicate-handler'
  | 'receiver/too-late'
  | 'receiver/junk-body'
  | 'receiver/body-consumed'
  | 'receiver/body-incomplete'
  | 'receiver/handler-failed'
  | 'receiver/inbox-failed';

/** Thrown for mistakes in setting up; handed to `onError` for everything that happens later. Never holds a secret. */
export class ReceiverError extends Error {
  override readonly name = 'ReceiverError';
  readonly code: ReceiverErrorCode;

  constructor(code: ReceiverErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
