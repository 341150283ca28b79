import { resultContents, resultSchemas } from '../generated/control-results.ts';
import { controls } from './controls.ts';
import type { Field, Fields } from './field.ts';

type Json = Readonly<Record<string, unknown>>;

const tenantParameter = {
  name: 'tenant',
  in: 'query',
  description:
    'Service token or id of the tenant; the header x-hubex-mock-tenant says the same. Default: the default tenant.',
  schema: { type: 'string' },
};

const refused = {
  description: 'The input cannot be used; the message says what to do.',
  ...jsonOf({ $ref: '#/components/schemas/Error' }),
};

/** The controls as an OpenAPI 3.1 document, with schemas of what they take and answer; `server` is the address of the control plane. */
export function controlDocument(server: string): Json {
  const contents = resultContents();
  const paths: Record<string, Record<string, Json>> = {};
  for (const [name, { method, path, summary, returns, input, examples }] of Object.entries(controls)) {
    const operation = {
      operationId: name,
      summary,
      parameters: [tenantParameter, ...(method === 'POST' ? [] : parametersOf(input))],
      ...(method === 'POST' && Object.keys(input).length > 0 && { requestBody: bodyOf(input, examples) }),
      responses: { 200: { description: returns, content: contents[name] }, 400: refused },
    };
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  }
  const error = {
    type: 'object',
    properties: { code: { type: 'string' }, field: { type: 'string' }, message: { type: 'string' } },
    required: ['code', 'message'],
  };
  return {
    openapi: '3.1.0',
    info: {
      title: 'HubEx mock: control plane',
      version: '1',
      description: 'Drives and observes the mock. Not a part of HubEx.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: server }],
    // Nothing is asked for unless the server was started with --control-token.
    security: [{}, { controlToken: [] }],
    paths,
    components: {
      securitySchemes: { controlToken: { type: 'http', scheme: 'bearer', description: 'What --control-token says.' } },
      schemas: { ...resultSchemas(), Error: { type: 'object', properties: { error }, required: ['error'] } },
    },
  };
}

function jsonOf(schema: Json): Json {
  return { content: { 'application/json': { schema } } };
}

function parametersOf(fields: Fields): readonly Json[] {
  return Object.entries(fields).map(([name, field]) => ({
    name,
    in: 'query',
    required: field.required ?? false,
    ...(field.kind === 'list' && { style: 'form', explode: false }),
    description: field.doc,
    schema: schemaOf(field),
  }));
}

function bodyOf(fields: Fields, examples: readonly Json[]): Json {
  const required = Object.keys(fields).filter((name) => fields[name]?.required);
  const schema = {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [name, { ...schemaOf(field), description: field.doc }]),
    ),
    required,
    additionalProperties: false,
  };
  const shown = Object.fromEntries(examples.map((value, index) => [String(index + 1), { value }]));
  return { required: required.length > 0, content: { 'application/json': { schema, examples: shown } } };
}

/** A field as JSON Schema. */
function schemaOf(field: Field): Json {
  switch (field.kind) {
    case 'integer':
    case 'number':
      return { type: field.kind, ...limits(field), ...preset(field) };
    case 'duration':
      return {
        anyOf: [
          { type: 'integer', minimum: 0, ...limits(field) },
          { type: 'string', pattern: '^\\d+(\\.\\d+)?(ms|s|m|h|d)?$' },
        ],
        ...preset(field),
      };
    case 'string':
      return { type: 'string', ...(field.longest !== undefined && { maxLength: field.longest }), ...preset(field) };
    case 'boolean':
      return { type: 'boolean', ...preset(field) };
    case 'enum':
      return { type: 'string', enum: field.values, ...preset(field) };
    case 'list':
      return { type: 'array', items: schemaOf(field.of) };
    case 'json':
      return field.shape ? { type: field.shape } : {};
    default:
      return field satisfies never;
  }
}

function limits({ least, most }: { least?: number; most?: number }): Json {
  return { ...(least !== undefined && { minimum: least }), ...(most !== undefined && { maximum: most }) };
}

function preset(field: { readonly default?: unknown }): Json {
  return field.default === undefined ? {} : { default: field.default };
}
