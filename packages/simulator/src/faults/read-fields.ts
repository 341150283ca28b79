import { nearest } from '@hubex-kit/contract/nearest';
import { ControlError } from '../control/control-error.ts';
import type { FaultParameter } from './declaration.ts';

/** An object whose members are all known. */
export function readObject(value: unknown, { field, known }: { field: string; known: readonly string[] }): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ControlError(field, `${field} must be an object; it was ${shown(value)}.`);
  const prefix = field === 'rule' ? '' : `${field}.`;
  for (const name of Object.keys(value))
    if (!known.includes(name)) throw unknownMember(`${prefix}${name}`, { name, known });
  return value as Fields; // an object with string keys, checked just above
}

/** Members by name, not looked at yet. */
export type Fields = Readonly<Record<string, unknown>>;

function unknownMember(field: string, { name, known }: { name: string; known: readonly string[] }): ControlError {
  if (known.length === 0) return new ControlError(field, `There is no ${field}: this fault has no parameters.`);
  return new ControlError(field, `There is no ${field}; ${hint(name, known)}`);
}

/** The error for a name nobody knows, with the nearest known one. */
export function unknownName(field: string, { name, known }: { name: string; known: readonly string[] }): ControlError {
  return new ControlError(field, `${field} cannot be ${JSON.stringify(name.slice(0, 100))}; ${hint(name, known)}`);
}

function hint(name: string, known: readonly string[]): string {
  return `did you mean ${nearest(name, known)}? Known: ${known.join(', ')}.`;
}

/** A value that fits a parameter; its standard value when it was left out. */
export function readParameter(
  value: unknown,
  { field, parameter }: { field: string; parameter: FaultParameter },
): unknown {
  if (value === undefined) return parameter.standard;
  switch (parameter.type) {
    case 'integer': {
      if (value === null && parameter.orNull) return value;
      const { least, most } = parameter;
      if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
      throw misfit(field, {
        expected: `a whole number from ${least} to ${most}${parameter.orNull ? ' or null' : ''}`,
        value,
      });
    }
    case 'boolean':
      if (typeof value === 'boolean') return value;
      throw misfit(field, { expected: 'true or false', value });
    case 'choice':
      if (typeof value === 'string' && parameter.values.includes(value)) return value;
      if (typeof value === 'string') throw unknownName(field, { name: value, known: parameter.values });
      throw misfit(field, { expected: `one of ${parameter.values.join(', ')}`, value });
    case 'text':
      if (isText(value)) return value;
      throw misfit(field, { expected: 'a text of 1 to 200 printable ASCII characters', value });
    case 'texts': {
      const isList = Array.isArray(value) && value.length >= 1 && value.length <= 20 && value.every(isText);
      if (isList && new Set(value).size === value.length) return value;
      throw misfit(field, { expected: 'a list of 1 to 20 different texts', value });
    }
    default:
      return parameter satisfies never;
  }
}

/** The error for a value of the wrong kind or size. */
export function misfit(field: string, { expected, value }: { expected: string; value: unknown }): ControlError {
  return new ControlError(field, `${field} must be ${expected}; it was ${shown(value)}.`);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && /^[ -~]{1,200}$/.test(value);
}

function shown(value: unknown): string {
  return value === undefined ? 'left out' : (JSON.stringify(value) ?? typeof value).slice(0, 100);
}
