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
  if (type.isNumberLiteral()) return { type: 'number', const: type.value };
  // Of the two only `true` is the same object everywhere and has no value in the public API.
  if (flags & TypeFlags.BooleanLiteral)
    return { type: 'boolean', const: 'intrinsicName' in type && type.intrinsicName === 'true' };
  if (flags & TypeFlags.Boolean) return { type: 'boolean' };
  if (flags & TypeFlags.String) return { type: 'string', ...(format === 'date-time' && { format }) };
  // As far as JSON and JavaScript go; many generators would take 32 bits if nothing were said.
  if (flags & TypeFlags.Number)
    return format === 'double' ? { type: 'number', format } : { type: 'integer', format: 'int64' };
  return undefined;
}

/** The schema, or null. */
export function nullable(schema: Schema): Schema {
  const { type, enum: values } = schema;
  if (typeof type !== 'string' || schema.const !== undefined) return { anyOf: [schema, { type: 'null' }] };
  return { ...schema, type: [type, 'null'], ...(Array.isArray(values) && { enum: [...values, null] }) };
}
