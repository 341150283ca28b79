/** A scenario file cannot be used. The message has one line for each mistake: file, line, column, field, what to do. */
export class ScenarioFileError extends Error {
  override readonly name = 'ScenarioFileError';
  readonly code = 'mock/bad-scenario-file';
}
