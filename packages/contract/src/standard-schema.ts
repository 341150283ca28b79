import type { Validator } from './validation.ts';

/** The part of Standard Schema v1 (https://standardschema.dev) that validators take part in. */
export interface StandardSchema<T> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: 'hubex-kit';
    readonly validate: (value: unknown) => { readonly value: T; readonly issues?: undefined } | StandardFailure;
    readonly types?: { readonly input: T; readonly output: T };
  };
}

/** What Standard Schema calls a failure. */
export interface StandardFailure {
  readonly issues: readonly { readonly message: string; readonly path: readonly (string | number)[] }[];
}

/** Puts a validator behind the Standard Schema interface. */
export function standardSchema<T>(validate: Validator<T>): StandardSchema<T> {
  return {
    '~standard': {
      version: 1,
      vendor: 'hubex-kit',
      validate: (value) => {
        const result = validate(value);
        return result.ok ? { value: result.value } : { issues: result.issues };
      },
    },
  };
}
