/** A control was refused or could not be reached. The message says what to do. */
export class ControlRequestError extends Error {
  override readonly name = 'ControlRequestError';
  /** As the server named it, such as `mock/bad-control`; `mock/unreachable` when there was no answer. */
  readonly code: string;
  /** The input that cannot be used, if one is to blame. */
  readonly field: string | undefined;
  /** Status of the answer; 0 when there was none. */
  readonly status: number;

  constructor(message: string, details: { code: string; field?: string | undefined; status: number; cause?: unknown }) {
    super(message, { cause: details.cause });
    this.code = details.code;
    this.field = details.field;
    this.status = details.status;
  }
}
