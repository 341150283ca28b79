import type { Issue, Validator } from './validation.ts';

/** Adds an issue for everything that does not fit. */
export type Check = (value: unknown, path: Issue['path'], issues: Issue[]) => void;

/** Makes a validator of a check; issues cost nothing while there are none. */
export function validator<T>(check: Check): Validator<T> {
  return (value) => {
    const issues: Issue[] = [];
    check(value, [], issues);
    // The check has just established that the value is a T.
    return issues.length === 0 ? { ok: true, value: value as T } : { ok: false, issues };
  };
}

/** Notes that a value does not fit. */
export function fail(issues: Issue[], what: { path: Issue['path']; expected: string; value: unknown }): void {
  const { path, expected, value } = what;
  const found =
    value === undefined ? 'nothing' : value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`;
  const code = value === undefined ? 'required' : 'invalid';
  issues.push({
    path,
    code,
    expected,
    message: `${path.join('.') || 'The value'}: expected ${expected}, found ${found}.`,
  });
}

/** An object that is no array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** true or false. */
export function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

/** Any string. */
export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

/** A number without a fraction. */
export function isInteger(value: unknown): value is number {
  return Number.isInteger(value);
}

/** An integer of 32 bits. The bitwise or brings anything into 32 bits: only such a number survives unchanged. */
export function isInt32(value: unknown): value is number {
  return typeof value === 'number' && (value | 0) === value;
}

/** An array of 32-bit integers. */
export function isInt32Array(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(isInt32);
}

/** A whole number within limits, both included. */
export function isIntegerIn(value: unknown, minimum: number, maximum: number): value is number {
  return isInteger(value) && value >= minimum && value <= maximum;
}

/** Length in characters, not UTF-16 units, as JSON Schema counts. */
export function isText(
  value: unknown,
  ...[from, till, pattern]: readonly [from: number, till: number, pattern?: RegExp]
): value is string {
  if (typeof value !== 'string') return false;
  const length = [...value].length;
  return length >= from && length <= till && (pattern === undefined || pattern.test(value));
}

const time = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/i;

/** ISO 8601; a missing zone, missing seconds and up to nine fractional digits pass, because HubEx sends and takes them (B074, B075, B121). */
export function isDateTime(value: unknown): value is string {
  return typeof value === 'string' && time.test(value) && !Number.isNaN(Date.parse(value.slice(0, 10)));
}
