/** The file of --data cannot be used. The message names the file, what was found and what to do. */
export class DataError extends Error {
  override readonly name = 'DataError';
  readonly code = 'mock/bad-data';
}

/** A reason of the file system or of a check in words. */
export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
