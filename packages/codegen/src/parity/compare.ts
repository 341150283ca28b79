import type { Schema } from '../document.ts';
import { compareSchemas } from './compare-schemas.ts';
import { type Ref, resolve } from './resolve.ts';

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

/** Writes a finding down. */
export type Note = (kind: Kind, where: string, problem?: string) => void;

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

function compareOperation(both: {
  theirs: Operation;
  mine: Operation;
  where: string;
  vendor: Spec;
  ours: Spec;
  note: Note;
}): void {
  const { theirs, mine, where, vendor, ours, note } = both;
  const own = (mine.parameters ?? []).map((each) => resolve<Parameter>(ours, each));
  for (const each of theirs.parameters ?? []) {
    const parameter = resolve<Parameter>(vendor, each);
    const same = own.find(
      ({ name, in: place }) =>
        place === parameter.in && (place === 'path' || name.toLowerCase() === parameter.name.toLowerCase()),
    );
    const at = `${where} ${parameter.in} ${parameter.name}`;
    if (same)
      compareSchemas({
        theirs: parameter.schema,
        mine: same.schema,
        where: at,
        kind: 'parameter',
        isReply: false,
        vendor,
        ours,
        note,
        seen: [],
      });
    else note('parameter', at, 'missing');
  }
  if (theirs.requestBody) {
    const [body, ownBody] = [jsonOf(vendor, theirs.requestBody), mine.requestBody && jsonOf(ours, mine.requestBody)];
    note('body', `${where} body`, ownBody ? '' : 'missing');
    if (body && ownBody)
      compareSchemas({
        theirs: body,
        mine: ownBody,
        where: `${where} body`,
        kind: 'field',
        isReply: false,
        vendor,
        ours,
        note,
        seen: [],
      });
  }
  for (const [status, reply] of Object.entries(theirs.responses)) {
    const ownReply = mine.responses[status];
    note('status', `${where} ${status}`, ownReply ? '' : 'missing');
    const [body, ownBody] = [jsonOf(vendor, reply), ownReply && jsonOf(ours, ownReply)];
    if (!ownReply || !body) continue;
    if (ownBody)
      compareSchemas({
        theirs: body,
        mine: ownBody,
        where: `${where} ${status}`,
        kind: 'field',
        isReply: true,
        vendor,
        ours,
        note,
        seen: [],
      });
    else note('field', `${where} ${status}`, 'the body is missing');
  }
}

function jsonOf(spec: Spec, body: Body | Ref): Schema | undefined {
  const { content } = resolve<Body>(spec, body);
  return content?.['application/json']?.schema;
}
