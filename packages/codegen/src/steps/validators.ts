import { type Document, refName, type Schema } from '../document.ts';
import { banner } from '../root.ts';

/** Keywords that say nothing about validity, or that the generator reads. Anything else stops it: nothing is ignored silently. */
const known = new Set([
  'type',
  'format',
  'properties',
  'required',
  'items',
  '$ref',
  'const',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'pattern',
  'description',
  'readOnly',
  'deprecated',
]);

/** Straight-line checks for these schemas and all they refer to: no eval, no run-time compiler, unknown keys pass. */
export function generateValidators(document: Document, names: readonly string[]): string {
  const all = withReferences(document, names);
  const predicates = new Set<string>();
  const checks = all.map((name) => checkFunction(name, { schema: schemaOf(document, name), predicates }));
  const validators = names.map((name) => {
    const variable = `${name[0]?.toLowerCase()}${name.slice(1)}Schema`;
    return `/** Checks a ${name}. */
export const validate${name}: Validator<${name}> = /* @__PURE__ */ validator(check${name});
/** ${name} as a Standard Schema. */
export const ${variable}: StandardSchema<${name}> = /* @__PURE__ */ standardSchema(validate${name});`;
  });
  const imports = ['type Check', 'fail', 'isObject', 'validator', ...predicates].sort(byName);
  return `${banner('hubex.yaml')}import { ${imports.join(', ')} } from '../../check.ts';
import { type StandardSchema, standardSchema } from '../../standard-schema.ts';
import type { Validator } from '../../validation.ts';
import type { ${[...names].sort().join(', ')} } from '../aliases.ts';

${checks.join('\n\n')}

${validators.join('\n\n')}
`;
}

/** Property names of these schemas and of all they refer to: canonical name → nested schema or null. */
export function generateBodyFields(document: Document, names: readonly string[]): string {
  const rows = withReferences(document, names).map((name) => {
    const fields = Object.entries(schemaOf(document, name).properties ?? {}).map(([field, { $ref }]) => [
      field,
      $ref ? refName($ref) : null,
    ]);
    return `  ${name}: ${JSON.stringify(Object.fromEntries(fields))},`;
  });
  return `${banner('hubex.yaml')}
/** Property names of request bodies by schema, each with its nested schema or null: HubEx matches them without regard to case (B072). */
export const bodyFields: Readonly<Record<string, Readonly<Record<string, string | null>>>> = {
${rows.join('\n')}
};
`;
}

function byName(a: string, b: string): number {
  return a.replace('type ', '') < b.replace('type ', '') ? -1 : 1;
}

function schemaOf(document: Document, name: string): Schema {
  const schema = document.components.schemas[name];
  if (!schema) throw new Error(`The validators want the schema ${name}, which openapi/schemas does not have.`);
  return schema;
}

function withReferences(document: Document, names: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    for (const { $ref } of Object.values(schemaOf(document, name).properties ?? {})) if ($ref) visit(refName($ref));
    found.add(name);
  };
  names.forEach(visit);
  return [...found];
}

function checkFunction(name: string, context: { schema: Schema; predicates: Set<string> }): string {
  const { properties = {}, required = [] } = context.schema;
  const lines = Object.entries(properties).flatMap(([field, schema]) => {
    const value = `value.${field}`;
    if (schema.$ref)
      return [`  if (${value} !== undefined) check${refName(schema.$ref)}(${value}, [...path, '${field}'], issues);`];
    const { test, expected } = testOf(schema, { value, where: `${name}.${field}`, predicates: context.predicates });
    const isNullable = Array.isArray(schema.type) && schema.type.includes('null');
    const absent = required.includes(field) ? '' : isNullable ? `${value} != null && ` : `${value} !== undefined && `;
    return [
      `  if (${absent}!${test}) fail(issues, { path: [...path, '${field}'], expected: ${JSON.stringify(expected)}, value: ${value} });`,
    ];
  });
  return `const check${name}: Check = (value, path, issues) => {
  if (!isObject(value)) return fail(issues, { path, expected: 'an object', value });
${lines.join('\n')}
};`;
}

/** The test of one property that has a value, and what it expects in words. */
function testOf(
  schema: Schema,
  context: { value: string; where: string; predicates: Set<string> },
): { test: string; expected: string } {
  const { value, where, predicates } = context;
  const unsupported = Object.keys(schema).find((keyword) => !known.has(keyword));
  if (unsupported)
    throw new Error(
      `${where}: the keyword ${unsupported} has no check; teach it to packages/codegen/src/steps/validators.ts.`,
    );
  const call = (predicate: string, ...more: unknown[]): string => {
    predicates.add(predicate);
    return `${predicate}(${[value, ...more].join(', ')})`;
  };
  if (schema.const !== undefined)
    return { test: `(${value} === ${JSON.stringify(schema.const)})`, expected: JSON.stringify(schema.const) };
  const type = Array.isArray(schema.type) ? schema.type.find((each) => each !== 'null') : schema.type;
  switch (type) {
    case 'boolean':
      return { test: call('isBoolean'), expected: 'true or false' };
    case 'integer': {
      const { minimum, maximum } = schema;
      if (minimum !== undefined || maximum !== undefined) {
        return {
          test: call('isIntegerIn', minimum, maximum),
          expected: `a whole number from ${minimum} to ${maximum}`,
        };
      }
      if (schema.format === 'int32') return { test: call('isInt32'), expected: 'a 32-bit integer' };
      return { test: call('isInteger'), expected: 'an integer' };
    }
    case 'string': {
      if (schema.format === 'date-time')
        return { test: call('isDateTime'), expected: 'a time in ISO 8601, such as 2026-03-02T08:15:40Z' };
      const { minLength, maxLength, pattern } = schema;
      if (minLength === undefined && maxLength === undefined && pattern === undefined)
        return { test: call('isString'), expected: 'a string' };
      const from = minLength ?? 0;
      const limits = [from, maxLength ?? 'Infinity', ...(pattern === undefined ? [] : [`/${String(pattern)}/u`])];
      const matching = pattern === undefined ? '' : ` matching ${String(pattern)}`;
      return {
        test: call('isText', ...limits),
        expected: `a string of ${from} to ${maxLength ?? 'any number of'} characters${matching}`,
      };
    }
    case 'array': {
      const { items } = schema;
      if (items?.type !== 'integer' || items.format !== 'int32')
        throw new Error(`${where}: only arrays of int32 have a check.`);
      return { test: call('isInt32Array'), expected: 'an array of 32-bit integers' };
    }
    default:
      throw new Error(
        `${where}: the type ${String(type)} has no check; teach it to packages/codegen/src/steps/validators.ts.`,
      );
  }
}
