/** What sync complains about. */
export type SyncErrorCode =
  | 'sync/bad-option'
  | 'sync/handler-failed'
  | 'sync/read-failed'
  | 'sync/inbox-failed'
  | 'sync/foreign-tenant'
  | 'sync/unordered-list'
  | 'sync/list-disagrees'
  | 'sync/bad-row'
  | 'sync/bad-line'
  | 'sync/webhook'
  | 'sync/stopped';

/** Thrown for mistakes in setting up; handed to `onError` for everything that happens later. Never holds a secret. */
export class SyncError extends Error {
  override readonly name = 'SyncError';
  readonly code: SyncErrorCode;
  /** The asset it is about, if it is about one. */
  readonly assetId: number | undefined;

  constructor(
    code: SyncErrorCode,
    message: string,
    details: { readonly cause?: unknown; readonly assetId?: number } = {},
  ) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.assetId = details.assetId;
  }
}
