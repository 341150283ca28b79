import ts from 'typescript';
import type { Schema } from '../document.ts';

/** What `@format` in a doc comment may say: a text is a time, a number has a fraction. */
export type Format = 'date-time' | 'double';

/** The doc comment of a type or a property as the description of its schema. */
export function docOf(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): Schema {
  const description = ts.displayPartsToString(symbol?.getDocumentationComment(checker)).replaceAll(/\s+/g, ' ').trim();
  return description === '' ? {} : { description };
}

/** The `@format` of a property. */
export function formatOf(
  property: ts.Symbol,
  { checker, where }: { checker: ts.TypeChecker; where: string },
): Format | undefined {
  const tag = property.getJsDocTags(checker).find(({ name }) => name === 'format');
  if (!tag) return undefined;
  const format = ts.displayPartsToString(tag.text);
  if (format === 'date-time' || format === 'double') return format;
  throw new Error(`${where}: @format is date-time or double; it was ${format || 'empty'}.`);
}
