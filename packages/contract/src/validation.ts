/** What is wrong with one value. */
export interface Issue {
  /** Where: property names and array indexes from the root. */
  readonly path: readonly (string | number)[];
  /** required: it is not there. invalid: it is there and does not fit. */
  readonly code: 'required' | 'invalid';
  /** What would fit, in words. */
  readonly expected: string;
  /** Where, what was found and what would fit. Never holds the value itself. */
  readonly message: string;
}

/** Either the value as the type it was checked for, or everything that is wrong with it. */
export type ValidationResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Checks a value. Unknown properties pass: HubEx adds fields without notice. */
export type Validator<T> = (value: unknown) => ValidationResult<T>;
