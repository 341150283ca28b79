/** A load cannot be put on a receiver as it was asked for; the message says what to do. */
export class LoadError extends Error {
  override readonly name = 'LoadError';
  readonly code = 'mock/bad-load';
}
