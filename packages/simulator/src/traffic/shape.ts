import { durationPattern, ratePattern } from './duration.ts';
import { faultJsonSchema } from './fault-json-schema.ts';

/** What may stand in a field of plain data. `doc` is a sentence for editors and error messages. */
export type Field = { readonly doc: string } & (
  | { readonly kind: 'text'; readonly longest: number; readonly pattern?: string; readonly like: string }
  | { readonly kind: 'number'; readonly least: number; readonly most: number; readonly whole: boolean }
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  | { readonly kind: 'faults'; readonly most: number }
  | { readonly kind: 'object'; readonly of: Shape }
  | { readonly kind: 'list'; readonly of: Shape; readonly most: number }
);

/** The fields of an object; those in `required` must be there. */
export interface Shape {
  readonly fields: Readonly<Record<string, Field>>;
  readonly required: readonly string[];
  /** At least one of these must be there. */
  readonly oneOf?: readonly string[];
}

/** The shape of a type: a field that the type lacks, or that is forgotten, does not compile. */
export interface ShapeOf<T> extends Shape {
  readonly fields: Readonly<Record<keyof T & string, Field>>;
  readonly required: readonly (keyof T & string)[];
  readonly oneOf?: readonly (keyof T & string)[];
}

/** A text of at most `most` characters. */
export function text(doc: string, most: number): Field {
  return { kind: 'text', doc, longest: most, like: `a text of 1 to ${most} characters` };
}

/** A duration such as `45m`. */
export function duration(doc: string): Field {
  return { kind: 'text', doc, longest: 20, pattern: durationPattern, like: 'a duration such as 90s, 45m or 10h' };
}

/** A rate such as `40/h`. */
export function rate(doc: string): Field {
  return { kind: 'text', doc, longest: 20, pattern: ratePattern, like: 'a rate such as 50/s or 40/h' };
}

/** The JSON Schema (draft 2020-12) of an object of this shape. */
export function jsonSchemaOf(shape: Shape): Record<string, unknown> {
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      Object.entries(shape.fields).map(([name, field]) => [name, { description: field.doc, ...schemaOf(field) }]),
    ),
    ...(shape.required.length > 0 && { required: shape.required }),
    ...(shape.oneOf && { anyOf: shape.oneOf.map((name) => ({ required: [name] })) }),
  };
}

function schemaOf(field: Field): Record<string, unknown> {
  switch (field.kind) {
    case 'text':
      return {
        ...{ type: 'string', minLength: 1, maxLength: field.longest },
        ...(field.pattern !== undefined && { pattern: field.pattern }),
      };
    case 'number':
      return { type: field.whole ? 'integer' : 'number', minimum: field.least, maximum: field.most };
    case 'choice':
      return { enum: field.of };
    case 'faults':
      return { type: 'array', minItems: 1, maxItems: field.most, items: faultJsonSchema() };
    case 'object':
      return jsonSchemaOf(field.of);
    case 'list':
      return { type: 'array', minItems: 1, maxItems: field.most, items: jsonSchemaOf(field.of) };
    default:
      return field satisfies never;
  }
}
