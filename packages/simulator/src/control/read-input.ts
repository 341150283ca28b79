import { nearest } from '@hubex-kit/contract/nearest';
import { checkValue } from './check-value.ts';
import { ControlError } from './control-error.ts';
import type { Field, Fields } from './field.ts';

/** What a caller gave: texts of a query, a form or a command line, and typed values of JSON or of a function call. */
export interface Given {
  readonly texts?: Iterable<readonly [name: string, text: string]>;
  readonly values?: Readonly<Record<string, unknown>>;
}

/**
 * Checks what was given against the fields and fills in the defaults.
 * @throws ControlError that names the field and what to do.
 */
export function readInput(fields: Fields, given: Given): Readonly<Record<string, unknown>> {
  const read: Record<string, unknown> = {};
  for (const [name, text] of given.texts ?? []) {
    const field = known(fields, name);
    if (!(name in read)) read[name] = fromText(field, text);
    else if (field.kind === 'list') read[name] = [read[name], fromText(field, text)].flat();
    else throw new ControlError(name, `${name} is given twice; give it once.`);
  }
  for (const [name, value] of Object.entries(given.values ?? {})) {
    if (value === undefined) continue;
    known(fields, name);
    if (name in read)
      throw new ControlError(name, `${name} is given twice, in the address and in the body; give it once.`);
    read[name] = value;
  }
  for (const [name, field] of Object.entries(fields)) {
    if (name in read) read[name] = checkValue(name, { field, value: read[name] });
    else if ('default' in field) read[name] = field.default;
    else if (field.required) throw new ControlError(name, `${name} is missing: ${field.doc}`);
  }
  return read;
}

function known(fields: Fields, name: string): Field {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field) return field;
  const names = Object.keys(fields);
  if (names.length === 0) throw new ControlError(name, `There is no parameter ${name} here; it takes none.`);
  throw new ControlError(
    name,
    `There is no parameter ${name} here; did you mean ${nearest(name, names)}? Known: ${names.join(', ')}.`,
  );
}

/** The value a text stands for; a text that stands for none stays, and is refused by the check with what was expected. */
function fromText(field: Field, text: string): unknown {
  switch (field.kind) {
    case 'integer':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
    case 'boolean':
      return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text;
    case 'list':
      return text === '' ? [] : text.split(',').map((part) => fromText(field.of, part.trim()));
    case 'json':
      try {
        return JSON.parse(text);
      } catch {
        return text;
      }
    case 'string':
    case 'enum':
    case 'duration':
      return text;
    default:
      return field satisfies never;
  }
}
