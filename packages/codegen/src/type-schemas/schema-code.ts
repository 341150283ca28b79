import { refName, type Schema } from '../document.ts';

/** Words that stand for a whole schema. */
const constants: Readonly<Record<string, Schema>> = {
  text: { type: 'string' },
  time: { type: 'string', format: 'date-time' },
  flag: { type: 'boolean' },
  whole: { type: 'integer', format: 'int64' },
  fraction: { type: 'number', format: 'double' },
};

/** Every word of packages/simulator/src/control/schema-parts.ts. */
export const schemaWords: readonly string[] = [
  ...Object.keys(constants),
  ...['about', 'choice', 'list', 'object', 'oneOf', 'only', 'orNull', 'record', 'ref'],
].sort();

/** A schema as an expression in those words; what they cannot say stays JSON. */
export function schemaCode(schema: Schema): string {
  const { description, ...rest } = schema;
  return description === undefined ? wordFor(schema) : call('about', JSON.stringify(description), wordFor(rest));
}

function wordFor(schema: Schema): string {
  const { type, $ref, properties, required = [], items, additionalProperties, enum: values, const: value } = schema;
  const has = (...keywords: string[]): boolean => Object.keys(schema).sort().join() === keywords.sort().join();
  const constant = Object.entries(constants).find(([, each]) => JSON.stringify(each) === JSON.stringify(schema));
  if (constant) return constant[0];
  if ($ref !== undefined && has('$ref')) return call('ref', JSON.stringify(refName($ref)));
  if (Array.isArray(type) && type.length === 2 && type[1] === 'null' && !values)
    return call('orNull', wordFor({ ...schema, type: type[0] }));
  if (type === 'string' && typeof value === 'string' && has('type', 'const'))
    return call('only', JSON.stringify(value));
  if (type === 'string' && Array.isArray(values) && has('type', 'enum'))
    return call('oneOf', ...values.map((each) => JSON.stringify(each)));
  if (items && has('type', 'items')) return call('list', schemaCode(items));
  if (additionalProperties && !properties && has('type', 'additionalProperties'))
    return call('record', schemaCode(additionalProperties));
  if (type === 'object' && !additionalProperties) {
    const entries = Object.entries(properties ?? {});
    const optional = entries.map(([name]) => name).filter((name) => !required.includes(name));
    const fields = entries.map(([name, each]) => `${keyOf(name)}: ${schemaCode(each)}`);
    return call('object', `{ ${fields.join(', ')} }`, ...optional.map((name) => JSON.stringify(name)));
  }
  return choiceCode(schema) ?? anyOfCode(schema) ?? JSON.stringify(schema);
}

function choiceCode({ discriminator }: Schema): string | undefined {
  if (!discriminator) return undefined;
  const { propertyName, mapping } = discriminator as { propertyName: string; mapping: Record<string, string> }; // as TypeSchemas makes it
  const names = Object.entries(mapping).map(([text, $ref]) => `${keyOf(text)}: ${JSON.stringify(refName($ref))}`);
  return call('choice', JSON.stringify(propertyName), `{ ${names.join(', ')} }`);
}

function anyOfCode({ anyOf }: Schema): string | undefined {
  return Array.isArray(anyOf) ? `{ anyOf: [${anyOf.map(schemaCode).join(', ')}] }` : undefined;
}

function call(word: string, ...values: readonly string[]): string {
  return `${word}(${values.join(', ')})`;
}

function keyOf(name: string): string {
  return /^[a-z_$][\w$]*$/i.test(name) ? name : JSON.stringify(name);
}
