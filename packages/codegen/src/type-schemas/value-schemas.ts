import ts from 'typescript';
import type { Schema } from '../document.ts';
import type { Format } from './doc-comment.ts';

const { TypeFlags } = ts;

/** The schema of a type that is one value; undefined for one that has parts. */
export function scalarSchema(
  type: ts.Type,
  { where, format }: { readonly where: string; readonly format?: Format | undefined },
): Schema | undefined {
  const { flags } = type;
  if (flags & TypeFlags.Any) throw new Error(`${where}: the type is any; does the code compile?`);
  if (flags & TypeFlags.Unknown) return {};
  if (flags & TypeFlags.Null) return { type: 'null' };
  if (type.isStringLiteral()) return { type: 'string', const: type.value };
  if (type.isNumberLiteral()) return { type: Number.isInteger(type.value) ? 'integer' : 'number', const: type.value };
  // Of the two only `true` is the same object everywhere and has no value in the public API.
  if (flags & TypeFlags.BooleanLiteral)
    return { type: 'boolean', const: 'intrinsicName' in type && type.intrinsicName === 'true' };
  if (flags & TypeFlags.Boolean) return { type: 'boolean' };
  if (flags & TypeFlags.String) {
    if (format === 'double') throw new Error(`${where}: @format double is for numbers; this is a text.`);
    return { type: 'string', ...(format && { format }) };
  }
  if (flags & TypeFlags.Number) {
    if (format === 'date-time') throw new Error(`${where}: @format date-time is for texts; this is a number.`);
    // As far as a time in milliseconds goes: many generators take 32 bits when nothing is said.
    return format ? { type: 'number', format } : { type: 'integer', format: 'int64' };
  }
  return undefined;
}

/** The schema, or null. */
export function nullable(schema: Schema): Schema {
  const { type, enum: values } = schema;
  if (typeof type !== 'string' || schema.const !== undefined) return { anyOf: [schema, { type: 'null' }] };
  return { ...schema, type: [type, 'null'], ...(Array.isArray(values) && { enum: [...values, null] }) };
}
