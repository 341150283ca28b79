/** A saved state cannot be used. The message says what was found and what to do; it never repeats a value, which could be a token. */
export class StateError extends Error {
  override readonly name = 'StateError';
  readonly code = 'simulator/bad-state';
}
