import { operations } from '@hubex-kit/contract/operations';
import spec from '@hubex-kit/openapi' with { type: 'json' };
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Outgoing, Reply } from './target.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
// HubEx sends dates without a zone (B074), which the standard's date-time forbids.
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/);
for (const format of ['int32', 'int64', 'date-span']) ajv.addFormat(format, true);
ajv.addSchema(spec, 'spec');

const templates = Object.values(operations).map(({ path, method, id }) => {
  const pattern = path.replaceAll(/\{\w+\}/g, (name) => (name === '{name}' ? '[^/]+' : '\\d{1,9}'));
  return { id, method, path, pattern: new RegExp(`^${pattern}/?$`, 'i') };
});

interface ResponseNode {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, unknown>>;
}

/** Complains when a reply is not what the spec declares for its operation and status. Unknown routes declare nothing. */
export function checkReply(request: Outgoing, reply: Reply): void {
  const [path = ''] = request.path.split('?');
  const route = templates
    .filter(({ method, pattern }) => method === request.method && pattern.test(path))
    .sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0];
  // What the mock does not carry out it answers with a status of its own.
  if (!route || reply.status === 501) return;
  const where = `${request.method} ${path} → ${reply.status}`;
  const { statuses } = operations[route.id];
  if (!statuses.includes(reply.status)) throw new Error(`${where}: the spec declares ${statuses.join(', ')}.`);
  if (reply.text === '') return;
  const paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, ResponseNode>> }>>>
  > = spec.paths as never; // the bundle's own shape
  const node = paths[route.path]?.[request.method.toLowerCase()]?.responses[String(reply.status)];
  const pointer =
    node?.$ref ??
    `#/paths/${route.path.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D')}/${request.method.toLowerCase()}/responses/${reply.status}`;
  const [media = ''] = (reply.headers['content-type'] ?? '').split(';');
  const validate = ajv.getSchema(`spec${pointer}/content/${media.replaceAll('/', '~1')}/schema`);
  if (!validate) throw new Error(`${where}: the spec declares no body of the type ${media}.`);
  if (!validate(media === 'application/json' ? JSON.parse(reply.text) : reply.text))
    throw new Error(`${where}: ${ajv.errorsText(validate.errors)}`);
}
