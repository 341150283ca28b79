import { compareSchemas } from './compare-schemas.ts';
import type { Both, Content, Operation, Parameter } from './finding.ts';
import { type Ref, resolve } from './read-schema.ts';

/** One operation on both sides. */
interface Operations extends Both {
  readonly theirs: Operation;
  readonly mine: Operation;
  /** `MSG` operations are `GET /MSG/Webhooks` here. */
  readonly where: string;
  readonly ownPath: string;
}

/** Compares access, parameters, request body, statuses, reply bodies and reply headers of one operation. */
export function compareOperation(context: Operations): void {
  const { theirs, mine, where, note } = context;
  const isOld = [theirs, mine].map(({ deprecated }) => deprecated === true);
  note('operation', where, [
    ...accessProblems(theirs, mine),
    ...(isOld[0] === isOld[1] ? [] : [isOld[0] ? 'deprecated, ours not' : 'not deprecated, ours is']),
  ]);
  compareParameters(context);
  if (theirs.requestBody) compareBody(context, { theirs: theirs.requestBody, mine: mine.requestBody });
  for (const [status, reply] of Object.entries(theirs.responses))
    compareReply(context, { status, theirs: reply, mine: mine.responses[status] });
}

/** The vendor writes who may call in bold into its descriptions: permissions by name, or a level of access. */
function accessProblems({ description = '' }: Operation, mine: Operation): readonly string[] {
  const bold = [...description.matchAll(/\*\*([^*]+)\*\*/g)].map(([, word = '']) => word);
  const [permission, level] = [String(mine['x-hubex-permission']), String(mine['x-hubex-auth'])];
  if (bold.length === 0) return [];
  if (description.includes('полномочий'))
    return bold.includes(permission) ? [] : [`needs the permission ${bold.join(' or ')}, ours says ${permission}`];
  const levels = new Map([
    ['анонимного пользователя', 'anonymous'],
    ['Authenticated', 'authenticated'],
    ['TenantMember', 'tenant-member'],
  ]);
  const wanted = bold.flatMap((word) => levels.get(word) ?? []);
  return wanted.length === 0 || wanted.includes(level) ? [] : [`is for ${wanted.join(' or ')}, ours says ${level}`];
}

function compareParameters({ theirs, mine, where, ownPath, vendor, ours, note }: Operations): void {
  const own = (mine.parameters ?? []).map((each) => resolve<Parameter>(ours, each));
  const ownNames = placeholders(ownPath);
  for (const each of theirs.parameters ?? []) {
    const parameter = resolve<Parameter>(vendor, each);
    const at = `${where} ${parameter.in} ${parameter.name}`;
    const name = parameter.name.toLowerCase();
    const same = own.find((candidate) => candidate.in === parameter.in && candidate.name.toLowerCase() === name);
    if (!same) {
      const place = parameter.in === 'path' ? placeholders(where).indexOf(parameter.name) : -1;
      note('parameter', at, [ownNames[place] === undefined ? 'missing' : `missing, ours is ${ownNames[place]}`]);
      continue;
    }
    const isNeeded = [parameter, same].map(({ required }) => required === true);
    if (isNeeded[0] !== isNeeded[1])
      note('parameter', `${at} required`, [isNeeded[0] ? 'required, ours optional' : 'optional, ours required']);
    const schemas = { theirs: parameter.schema, mine: same.schema };
    compareSchemas({ ...schemas, where: at, kind: 'parameter', isReply: false, vendor, ours, note });
  }
}

function placeholders(path: string): readonly string[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].flatMap(([, name]) => name ?? []);
}

function compareBody(context: Operations, body: { theirs: Content | Ref; mine: Content | Ref | undefined }): void {
  const { vendor, ours, note } = context;
  const where = `${context.where} body`;
  if (!body.mine) {
    note('body', where, ['missing']);
    return;
  }
  const [theirs, mine] = [resolve<Content>(vendor, body.theirs), resolve<Content>(ours, body.mine)];
  const [isNeeded, isOwnNeeded] = [theirs.required === true, mine.required === true];
  const required = isNeeded ? 'required, ours optional' : 'optional, ours required';
  note('body', where, [...mediaProblems(theirs, mine), ...(isNeeded === isOwnNeeded ? [] : [required])]);
  compareContent(context, { theirs, mine, where, isReply: false });
}

function compareReply(
  context: Operations,
  reply: { status: string; theirs: Content | Ref; mine: Content | Ref | undefined },
): void {
  const { vendor, ours, note } = context;
  const where = `${context.where} ${reply.status}`;
  if (!reply.mine) {
    note('status', where, ['missing']);
    return;
  }
  const [theirs, mine] = [resolve<Content>(vendor, reply.theirs), resolve<Content>(ours, reply.mine)];
  note('status', where, mediaProblems(theirs, mine));
  compareContent(context, { theirs, mine, where, isReply: true });
  for (const [name, header] of Object.entries(theirs.headers ?? {})) {
    const at = `${where} header ${name}`;
    const own = Object.entries(mine.headers ?? {}).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
    if (!own) note('header', at, ['missing']);
    else {
      const schemas = { theirs: resolve(vendor, header).schema, mine: resolve(ours, own).schema };
      compareSchemas({ ...schemas, where: at, kind: 'header', isReply: true, vendor, ours, note });
    }
  }
}

/** Told as one problem, so that a list of differences can be exact without being long. */
function mediaProblems(theirs: Content, mine: Content): readonly string[] {
  const missing = Object.keys(theirs.content ?? {}).filter((media) => !mine.content?.[media]);
  return missing.length === 0 ? [] : [`also ${missing.sort().join(', ')}`];
}

/** Compares each media type of the vendor with the same of ours, or with our first where ours has not got it. */
function compareContent(
  { vendor, ours, note }: Operations,
  { theirs, mine, where, isReply }: { theirs: Content; mine: Content; where: string; isReply: boolean },
): void {
  const told = new Set<string>();
  const [first] = Object.values(mine.content ?? {});
  for (const [media, { schema }] of Object.entries(theirs.content ?? {})) {
    // The vendor repeats one schema for each media type; once is enough.
    if (!schema || told.has(JSON.stringify(schema))) continue;
    told.add(JSON.stringify(schema));
    const own = (mine.content?.[media] ?? first)?.schema;
    if (own) compareSchemas({ theirs: schema, mine: own, where, kind: 'field', isReply, vendor, ours, note });
    else note('field', where, ['the body is missing']);
  }
}
