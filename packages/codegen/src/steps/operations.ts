import { type Document, follow, type Node, type ParameterNode, refName, type Schema } from '../document.ts';
import { banner } from '../root.ts';

const methods = ['get', 'head', 'post', 'put', 'delete'];

/** The operation table: what a router, a client and a simulator need to know of each operation. */
export function generateOperations(document: Document): string {
  const rows = Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      const parameters = (operation.parameters ?? []).map((node) => follow<ParameterNode>(document, node));
      const definition = {
        id: operation.operationId,
        service: path.split('/')[1],
        method: method.toUpperCase(),
        path,
        auth: operation['x-hubex-auth'],
        permission: operation['x-hubex-permission'],
        ranged: operation['x-hubex-ranged'],
        pathParameters: named(parameters, 'path'),
        query: named(parameters, 'query'),
        body: bodyOf(operation),
        statuses: Object.keys(operation.responses)
          .map(Number)
          .sort((a, b) => a - b),
        deprecated: operation.deprecated === true,
      };
      return [definition];
    }),
  );
  const ids = rows.map(({ id }) => `  | '${id}'`).join('\n');
  const table = rows.map((row) => `  ${row.id}: ${JSON.stringify(row)},`).join('\n');
  return `${banner('hubex.yaml')}import type { OperationDefinition } from '../operation-definition.ts';

/** operationId of every operation of the spec. */
export type OperationId =
${ids};

/** Every operation of the spec by its operationId. */
export const operations: Readonly<Record<OperationId, OperationDefinition>> = {
${table}
};
`;
}

function named(parameters: readonly ParameterNode[], where: string): readonly { name: string; type: string }[] {
  return parameters
    .filter((parameter) => parameter.in === where)
    .map(({ name, schema }) => ({ name, type: scalar(schema) }));
}

function scalar({ type, format }: Schema): string {
  const name = Array.isArray(type) ? type.find((each) => each !== 'null') : type;
  if (name === 'integer') return format ?? 'int32';
  return name === 'string' && format === 'date-time' ? 'date-time' : String(name);
}

function bodyOf(operation: Node): object | null {
  const body = operation.requestBody as { required?: boolean; content: Record<string, { schema: Schema }> } | undefined; // by the OpenAPI standard
  if (!body) return null;
  const multipart = body.content['multipart/form-data'];
  const schema = (multipart ?? body.content['application/json'])?.schema ?? {};
  const isArray = schema.type === 'array';
  const item = isArray ? (schema.items ?? {}) : schema;
  return {
    schema: item.$ref ? refName(item.$ref) : scalar(item),
    array: isArray,
    required: body.required === true,
    media: multipart ? 'multipart' : 'json',
  };
}
