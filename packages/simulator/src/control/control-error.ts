/** A control was given something it cannot use. `field` names it; the message says what to do. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly code = 'mock/bad-control';
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}
