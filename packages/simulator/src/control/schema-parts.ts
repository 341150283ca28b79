// The words in which the schemas of generated/control-results.ts are written: half of their size as JSON, and readable.

/** A JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A text. */
export const text: JsonSchema = { type: 'string' };

/** A time, ISO 8601. */
export const time: JsonSchema = { type: 'string', format: 'date-time' };

/** Yes or no. */
export const flag: JsonSchema = { type: 'boolean' };

/** A whole number. It may be a time in milliseconds: many generators take 32 bits when nothing is said. */
export const whole: JsonSchema = { type: 'integer', format: 'int64' };

/** A number with a fraction. */
export const fraction: JsonSchema = { type: 'number', format: 'double' };

/** The schema of this name. */
export function ref(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** A schema with a description. */
export function about(description: string, schema: JsonSchema): JsonSchema {
  return { description, ...schema };
}

/** The same with one more type, null. */
export function orNull(schema: JsonSchema): JsonSchema {
  return { ...schema, type: [schema.type, 'null'] };
}

/** One text. */
export function only(value: string): JsonSchema {
  return { type: 'string', const: value };
}

/** One of these texts. */
export function oneOf(...values: readonly string[]): JsonSchema {
  return { type: 'string', enum: values };
}

/** Any number of these. */
export function list(items: JsonSchema): JsonSchema {
  return { type: 'array', items };
}

/** Any names, each with such a value. */
export function record(additionalProperties: JsonSchema): JsonSchema {
  return { type: 'object', additionalProperties };
}

/** An object with these properties, of which those named in `optional` may be missing. A later version may have more. */
export function object(properties: Readonly<Record<string, JsonSchema>>, ...optional: readonly string[]): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, ...(required.length > 0 && { required }) };
}

/** One of several objects: the text in `propertyName` tells which, by the names of their schemas. */
export function choice(propertyName: string, names: Readonly<Record<string, string>>): JsonSchema {
  const refs = Object.entries(names).map(([value, name]) => [value, ref(name)] as const);
  const mapping = Object.fromEntries(refs.map(([value, { $ref }]) => [value, $ref]));
  return { oneOf: refs.map(([, schema]) => schema), discriminator: { propertyName, mapping } };
}
