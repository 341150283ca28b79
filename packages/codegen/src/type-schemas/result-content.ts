import type ts from 'typescript';
import type { Schema } from '../document.ts';
import type { TypeSchemas } from './type-schemas.ts';

/** What a media type of an answer holds. */
export interface Media {
  readonly schema: Schema;
  /** What each item of a stream or of lines holds, as `itemSchema` says from OpenAPI 3.2 on. */
  readonly 'x-itemSchema'?: Schema;
}

interface Asked {
  /** The control, for messages. */
  readonly name: string;
  readonly checker: ts.TypeChecker;
  readonly schemas: TypeSchemas;
}

/** The answer of a control as `content` of an OpenAPI response: JSON, and the texts and streams its type names. */
export function resultContent(result: ts.Type, asked: Asked): Readonly<Record<string, Media>> {
  const types = result.isUnion() ? result.types : [result];
  if (!types.some(isSpecial)) return { [json]: { schema: refTo(result, asked) } };
  const content: Record<string, Media> = {};
  // The compiler's order depends on the rest of the program.
  for (const [type, media] of types.map((each) => mediaOf(each, asked)).sort(byText)) {
    const before = content[type];
    content[type] = before ? { schema: { anyOf: [before.schema, media.schema] } } : media;
  }
  return content;
}

const json = 'application/json';

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

function isSpecial({ symbol }: ts.Type): boolean {
  return symbol?.name === 'TextResult' || symbol?.name === 'StreamResult';
}

function mediaOf(type: ts.Type, asked: Asked): readonly [string, Media] {
  if (!isSpecial(type)) return [json, { schema: refTo(type, asked) }];
  const parts = asked.checker.getTypeArguments(type as ts.TypeReference); // both are generic interfaces
  if (type.symbol.name === 'StreamResult') {
    const description = 'Server-sent events; the data of each is JSON: x-itemSchema.';
    return ['text/event-stream', itemsOf(parts[0], { ...asked, description })];
  }
  const [contentType, carried] = parts;
  if (!contentType?.isStringLiteral())
    throw new Error(`${asked.name}: its TextResult must name the content type: TextResult<'text/plain'>.`);
  const [media = ''] = contentType.value.split(';');
  if (media === json && carried) return [media, { schema: refTo(carried, asked) }];
  return [media, itemsOf(carried, { ...asked, description: 'Lines; each is JSON: x-itemSchema.' })];
}

function itemsOf(
  item: ts.Type | undefined,
  { description, ...asked }: Asked & { readonly description: string },
): Media {
  const isKnown = item !== undefined && asked.checker.typeToString(item) !== 'unknown';
  if (!isKnown) return { schema: { type: 'string' } };
  return { schema: { type: 'string', description }, 'x-itemSchema': refTo(item, asked) };
}

function refTo(type: ts.Type, { name, schemas }: Asked): Schema {
  const schema = schemas.of(type, { where: name });
  if (schema.$ref !== undefined) return schema;
  throw new Error(`${name}: its result has no name that clients could use; declare and export a type for it.`);
}
