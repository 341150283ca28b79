import type { Schema } from '../document.ts';

/** What was looked at. */
export type Kind = 'path' | 'operation' | 'parameter' | 'body' | 'field' | 'status';

/** One thing the vendor's document has, and how ours differs if it does. */
export interface Finding {
  readonly service: string;
  readonly kind: Kind;
  /** `GET /ES/Assets 200 .name` */
  readonly where: string;
  /** Empty when both agree. */
  readonly problem: string;
}

/** An OpenAPI document, as far as it is compared. */
export interface Spec {
  readonly servers?: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly [kind: string]: Readonly<Record<string, unknown>> };
}

interface Operation {
  readonly description?: string;
  readonly parameters?: readonly (Parameter | Ref)[];
  readonly requestBody?: Body | Ref;
  readonly responses: Readonly<Record<string, Body | Ref>>;
  readonly [extension: string]: unknown;
}
type Ref = { readonly $ref: string };
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: Schema;
}
interface Body {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

const methods = ['get', 'head', 'post', 'put', 'patch', 'delete'];

/** Everything the vendor's document says, compared with ours. One way: what only we say is ours to justify elsewhere. */
export function compareSpecs(vendor: Spec, ours: Spec): readonly Finding[] {
  const service = vendor.servers?.[0]?.url.split('/').pop() ?? '';
  const findings: Finding[] = [];
  const note = (kind: Kind, where: string, problem = ''): void => void findings.push({ service, kind, where, problem });
  for (const [path, item] of Object.entries(vendor.paths)) {
    const full = `/${service}${path}`;
    const own = Object.entries(ours.paths).find(([candidate]) => shape(candidate) === shape(full))?.[1];
    note('path', full, own ? '' : 'missing');
    if (!own) continue;
    for (const method of methods.filter((each) => item[each])) {
      const [theirs, mine] = [item[method], own[method]];
      const where = `${method.toUpperCase()} ${full}`;
      note('operation', where, mine ? permissionProblem(theirs, mine) : 'missing');
      if (theirs && mine) compareOperation({ theirs, mine, where, vendor, ours, note });
    }
  }
  return findings;
}

type Note = (kind: Kind, where: string, problem?: string) => void;

/** Parameter names and case do not tell two paths apart. */
function shape(path: string): string {
  return path.toLowerCase().replaceAll(/\{[^}]+\}/g, '{}');
}

/** The vendor names permissions in bold in its descriptions. */
function permissionProblem(theirs: Operation | undefined, mine: Operation): string {
  const named = /полномочий: \*\*(\w+)\*\*/.exec(theirs?.description ?? '')?.[1];
  const own = mine['x-hubex-permission'];
  return named === undefined || named === own ? '' : `needs the permission ${named}, ours says ${String(own)}`;
}

function compareOperation(both: { theirs: Operation; mine: Operation; where: string; vendor: Spec; ours: Spec; note: Note }): void {
  const { theirs, mine, where, vendor, ours, note } = both;
  const own = (mine.parameters ?? []).map((each) => resolve<Parameter>(ours, each));
  for (const each of theirs.parameters ?? []) {
    const parameter = resolve<Parameter>(vendor, each);
    const same = own.find(({ name, in: place }) => place === parameter.in && (place === 'path' || name.toLowerCase() === parameter.name.toLowerCase()));
    const at = `${where} ${parameter.in} ${parameter.name}`;
    if (same) compareSchemas({ theirs: parameter.schema, mine: same.schema, where: at, kind: 'parameter', isReply: false, vendor, ours, note, seen: [] });
    else note('parameter', at, 'missing');
  }
  if (theirs.requestBody) {
    const [body, ownBody] = [jsonOf(vendor, theirs.requestBody), mine.requestBody && jsonOf(ours, mine.requestBody)];
    note('body', `${where} body`, ownBody ? '' : 'missing');
    if (body && ownBody) compareSchemas({ theirs: body, mine: ownBody, where: `${where} body`, kind: 'field', isReply: false, vendor, ours, note, seen: [] });
  }
  for (const [status, reply] of Object.entries(theirs.responses)) {
    const ownReply = mine.responses[status];
    note('status', `${where} ${status}`, ownReply ? '' : 'missing');
    const [body, ownBody] = [jsonOf(vendor, reply), ownReply && jsonOf(ours, ownReply)];
    if (!ownReply || !body) continue;
    if (ownBody) compareSchemas({ theirs: body, mine: ownBody, where: `${where} ${status}`, kind: 'field', isReply: true, vendor, ours, note, seen: [] });
    else note('field', `${where} ${status}`, 'the body is missing');
  }
}

interface Schemas {
  readonly theirs: Schema;
  readonly mine: Schema;
  readonly where: string;
  readonly kind: Kind;
  readonly isReply: boolean;
  readonly vendor: Spec;
  readonly ours: Spec;
  readonly note: Note;
  /** References on the way here, so that a schema that holds itself ends. */
  readonly seen: readonly string[];
}

/** Compares two schemas by structure, whatever they are called. */
function compareSchemas(context: Schemas): void {
  const { where, kind, isReply, vendor, ours, note, seen } = context;
  if (context.theirs.$ref && seen.includes(context.theirs.$ref)) return;
  const theirs = resolve<Schema>(vendor, context.theirs as Schema);
  const mine = alternative(theirs, resolve<Schema>(ours, context.mine as Schema), ours);
  const problems = [...valueProblems(theirs, mine), ...requiredProblems({ theirs, mine, isReply })];
  note(kind, where, problems.join('; '));
  const deeper = { ...context, seen: context.theirs.$ref ? [...seen, context.theirs.$ref] : seen };
  for (const [name, field] of Object.entries(theirs.properties ?? {})) {
    const own = mine.properties?.[name];
    if (own) compareSchemas({ ...deeper, theirs: field, mine: own, where: `${where} .${name}` });
    else note(kind, `${where} .${name}`, 'missing');
  }
  if (theirs.items && mine.items) compareSchemas({ ...deeper, theirs: theirs.items, mine: mine.items, where: `${where} []` });
  if (isSchema(theirs.additionalProperties) && isSchema(mine.additionalProperties)) {
    compareSchemas({ ...deeper, theirs: theirs.additionalProperties, mine: mine.additionalProperties, where: `${where} {}` });
  }
}

const plain = ['format', 'minLength', 'maxLength', 'pattern', 'enum'] as const;

function valueProblems(theirs: Schema, mine: Schema): readonly string[] {
  const problems: string[] = [];
  const [type, nullable] = typeOf(theirs);
  const [ownType, ownNullable] = typeOf(mine);
  if (type !== ownType) problems.push(`type ${type}, ours ${ownType}`);
  if (nullable !== ownNullable) problems.push(`${nullable ? 'nullable' : 'not nullable'}, ours ${ownNullable ? 'nullable' : 'not nullable'}`);
  for (const keyword of plain) {
    const [a, b] = [JSON.stringify(theirs[keyword]), JSON.stringify(mine[keyword])];
    if (a !== b) problems.push(`${keyword} ${a ?? 'none'}, ours ${b ?? 'none'}`);
  }
  return problems;
}

function requiredProblems({ theirs, mine, isReply }: { theirs: Schema; mine: Schema; isReply: boolean }): readonly string[] {
  const [names, own] = [theirs.required ?? [], mine.required ?? []];
  const missing = names.filter((name) => !own.includes(name)).map((name) => `${name} is required, ours not`);
  // In a reply a field that cannot be empty is always there (B071): saying so promises nothing new.
  const always = (name: string): boolean => isReply && theirs.properties?.[name]?.['nullable'] !== true;
  const more = own.filter((name) => !names.includes(name) && name in (theirs.properties ?? {}) && !always(name));
  return [...missing, ...more.map((name) => `${name} is optional, ours required`)];
}

/** 3.0 says nullable, 3.1 adds null to the types. */
function typeOf(schema: Schema): readonly [type: string, nullable: boolean] {
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  return [String(types.find((type) => type !== 'null')), schema['nullable'] === true || types.includes('null')];
}

/** Where ours allows several bodies, the one of the vendor's type counts. */
function alternative(theirs: Schema, mine: Schema, ours: Spec): Schema {
  const options = mine['oneOf'];
  if (!Array.isArray(options)) return mine;
  return options.map((option: Schema) => resolve<Schema>(ours, option)).find((option) => typeOf(option)[0] === typeOf(theirs)[0]) ?? mine;
}

function jsonOf(spec: Spec, body: Body | Ref): Schema | undefined {
  const { content } = resolve<Body>(spec, body);
  return content?.['application/json']?.schema;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}

function resolve<T extends object>(spec: Spec, node: T | Ref): T {
  if (!('$ref' in node) || typeof node.$ref !== 'string') return node as T; // a node without $ref is the thing itself
  let target: unknown = spec;
  for (const part of node.$ref.replace('#/', '').split('/')) {
    target = (target as Record<string, unknown>)[part.replaceAll('~1', '/')]; // a reference leads through objects
  }
  if (target === undefined) throw new Error(`${node.$ref} leads nowhere.`);
  return target as T; // references lead to their kind in a valid document
}
