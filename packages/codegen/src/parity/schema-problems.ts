import type { Schema } from '../document.ts';
import { typeOf } from './read-schema.ts';

/** What is compared word by word; a keyword that only one side has is a difference too. */
const keywords = [
  ...['format', 'enum', 'const', 'default', 'pattern', 'minLength', 'maxLength', 'minItems', 'maxItems', 'uniqueItems'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minProperties', 'maxProperties'],
  ...['readOnly', 'writeOnly', 'deprecated'],
];

/** What would need more than a comparison field by field; better an open difference than one that nobody looked at. */
const unread = ['oneOf', 'anyOf', 'not'];

/** How our schema of one value differs from the vendor's, the values inside left aside. */
export function schemaProblems(both: { theirs: Schema; mine: Schema; isReply: boolean }): readonly string[] {
  const { theirs, mine, isReply } = both;
  const [type, isNullable] = typeOf(theirs);
  const [ownType, isOwnNullable] = typeOf(mine);
  const problems = unread.filter((word) => theirs[word]).map((word) => `says ${word}, which parity does not read`);
  if (type !== ownType) problems.push(`type ${type}, ours ${ownType}`);
  if (isNullable !== isOwnNullable) problems.push(`${nullability(isNullable)}, ours ${nullability(isOwnNullable)}`);
  for (const keyword of keywords) {
    const [a, b] = [JSON.stringify(theirs[keyword]), JSON.stringify(mine[keyword])];
    if (a !== b) problems.push(`${keyword} ${a ?? 'none'}, ours ${b ?? 'none'}`);
  }
  // Only for what is sent: whoever reads a reply has to take more than he knows, closed or not.
  const isClosed = (schema: Schema): boolean => (schema.additionalProperties as unknown) === false; // a schema or a boolean
  if (!isReply && isClosed(theirs) !== isClosed(mine))
    problems.push(isClosed(theirs) ? 'closed to unknown properties, ours open' : 'open, ours closed');
  return problems;
}

function nullability(isNullable: boolean): string {
  return isNullable ? 'nullable' : 'not nullable';
}

/** Where the two disagree on what has to be there. */
export function requiredProblems(both: { theirs: Schema; mine: Schema; isReply: boolean }): readonly string[] {
  const { theirs, mine, isReply } = both;
  const [names, own] = [theirs.required ?? [], mine.required ?? []];
  const missing = names.filter((name) => !own.includes(name)).map((name) => `${name} is required, ours optional`);
  const more = own.filter((name) => !names.includes(name) && theirs.properties?.[name]);
  return [
    ...missing,
    ...more.map((name) =>
      isReply && !canBeEmpty(theirs.properties?.[name])
        ? `${name} cannot be null there and is required here`
        : `${name} is optional, ours required`,
    ),
  ];
}

/** The vendor does not say nullable beside a reference, yet such objects may be absent. */
function canBeEmpty(schema: Schema | undefined): boolean {
  return schema === undefined || schema.$ref !== undefined || schema.allOf !== undefined || schema.nullable === true;
}
