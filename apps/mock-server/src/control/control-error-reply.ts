import { ControlError } from '@hubex-kit/simulator';

/** A refusal of the control plane. */
export interface ControlFailure {
  readonly status: number;
  readonly body: { readonly error: { readonly code: string; readonly field?: string; readonly message: string } };
}

/** A refusal with this status. */
export function failure(status: number, error: { code: string; field?: string; message: string }): ControlFailure {
  return { status, body: { error } };
}

/** What the caller did wrong as 400; anything else is our fault and goes on as an exception. */
export function fromError(error: unknown): ControlFailure {
  if (error instanceof ControlError)
    return failure(400, { code: error.code, field: error.field, message: error.message });
  throw error;
}
