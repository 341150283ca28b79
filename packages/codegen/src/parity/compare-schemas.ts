import type { Schema } from '../document.ts';
import type { Kind, Note, Spec } from './compare.ts';
import { resolve } from './resolve.ts';

/** Two schemas that say what one value is. */
export interface Schemas {
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
export function compareSchemas(context: Schemas): void {
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
  if (theirs.items && mine.items)
    compareSchemas({ ...deeper, theirs: theirs.items, mine: mine.items, where: `${where} []` });
  if (isSchema(theirs.additionalProperties) && isSchema(mine.additionalProperties)) {
    compareSchemas({
      ...deeper,
      theirs: theirs.additionalProperties,
      mine: mine.additionalProperties,
      where: `${where} {}`,
    });
  }
}

const plain = ['format', 'minLength', 'maxLength', 'pattern', 'enum'] as const;

function valueProblems(theirs: Schema, mine: Schema): readonly string[] {
  const problems: string[] = [];
  const [type, nullable] = typeOf(theirs);
  const [ownType, ownNullable] = typeOf(mine);
  if (type !== ownType) problems.push(`type ${type}, ours ${ownType}`);
  if (nullable !== ownNullable)
    problems.push(`${nullable ? 'nullable' : 'not nullable'}, ours ${ownNullable ? 'nullable' : 'not nullable'}`);
  for (const keyword of plain) {
    const [a, b] = [JSON.stringify(theirs[keyword]), JSON.stringify(mine[keyword])];
    if (a !== b) problems.push(`${keyword} ${a ?? 'none'}, ours ${b ?? 'none'}`);
  }
  return problems;
}

function requiredProblems({
  theirs,
  mine,
  isReply,
}: {
  theirs: Schema;
  mine: Schema;
  isReply: boolean;
}): readonly string[] {
  const [names, own] = [theirs.required ?? [], mine.required ?? []];
  const missing = names.filter((name) => !own.includes(name)).map((name) => `${name} is required, ours not`);
  // In a reply a field that cannot be empty is always there (B071): saying so promises nothing new.
  const always = (name: string): boolean => isReply && theirs.properties?.[name]?.nullable !== true;
  const more = own.filter((name) => !names.includes(name) && name in (theirs.properties ?? {}) && !always(name));
  return [...missing, ...more.map((name) => `${name} is optional, ours required`)];
}

/** 3.0 says nullable, 3.1 adds null to the types. */
function typeOf(schema: Schema): readonly [type: string, nullable: boolean] {
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  return [String(types.find((type) => type !== 'null')), schema.nullable === true || types.includes('null')];
}

/** Where ours allows several bodies, the one of the vendor's type counts. */
function alternative(theirs: Schema, mine: Schema, ours: Spec): Schema {
  const options = mine.oneOf;
  if (!Array.isArray(options)) return mine;
  return (
    options
      .map((option: Schema) => resolve<Schema>(ours, option))
      .find((option) => typeOf(option)[0] === typeOf(theirs)[0]) ?? mine
  );
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}
