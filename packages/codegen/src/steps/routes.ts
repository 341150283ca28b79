import { type Document, follow, type OperationNode, type ParameterNode } from '../document.ts';
import { banner } from '../root.ts';

const methods = ['get', 'head', 'post', 'put', 'delete'];

/** Names that every ranged operation takes; the mark * stands for them. */
const paging = ['offset', 'fetch'];

/**
 * What a client needs of each operation, and nothing else, as one text an operation: a program that imports three of them carries
 * three of them, and all together weigh half of the operation table.
 */
export function generateRoutes(document: Document): string {
  const routes = Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation ? [[operation.operationId, route(document, { path, method, operation })] as const] : [];
    }),
  );
  const strange = routes.find(([, text]) => !/^\w+ [A-Z]+ [-*!~]+ \/[\w/{}.-]+( [\w,]+)?$/.test(text));
  if (strange) throw new Error(`A route cannot hold ${strange[1]}.`);
  const lines = routes.map(([id, text]) => {
    const [, method, , path] = text.split(' ');
    return `/** ${method} ${path} */\nexport const ${id}: Route<'${id}'> = '${text}';`;
  });
  return `${banner('hubex.yaml')}
import type { Route } from '../route.ts';

${lines.join('\n')}
`;
}

function route(
  document: Document,
  { path, method, operation }: { readonly path: string; readonly method: string; readonly operation: OperationNode },
): string {
  const query = (operation.parameters ?? [])
    .map((node) => follow<ParameterNode>(document, node))
    .filter((parameter) => parameter.in === 'query' && !paging.includes(parameter.name))
    .map(({ name }) => name);
  const body = operation.requestBody as { content: Record<string, unknown> } | undefined; // by the OpenAPI standard
  const marks = [
    operation['x-hubex-ranged'] ? '*' : '',
    body?.content['multipart/form-data'] ? '!' : '',
    operation['x-hubex-auth'] === 'anonymous' ? '~' : '',
  ].join('');
  return [operation.operationId, method.toUpperCase(), marks || '-', path, query.join()].join(' ').trimEnd();
}
