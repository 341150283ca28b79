import { type Fields, readInput } from '@hubex-kit/simulator';

/** What the flags say, typed and checked, without the standard values: those are the server's business. */
export function typedInput(
  fields: Fields,
  texts: readonly (readonly [name: string, text: string])[],
): Readonly<Record<string, unknown>> {
  const given = new Set(texts.map(([name]) => name));
  return Object.fromEntries(Object.entries(readInput(fields, { texts })).filter(([name]) => given.has(name)));
}
