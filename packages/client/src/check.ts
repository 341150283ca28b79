import { nearest } from '@hubex-kit/contract/nearest';
import { HubexError } from './error.ts';

/** What is wrong with an option. */
export function badOption(field: string, message: string): HubexError {
  return new HubexError('hubex/bad-option', message, { field });
}

/** For messages: there is none of this name, but perhaps another was meant. */
export function noSuch(
  what: string,
  { name, known }: { readonly name: string; readonly known: readonly string[] },
): string {
  return `there is no ${what} ${name}. ${known[0] ? `Did you mean ${nearest(name, known)}? There are ${known.join(', ')}` : 'There are none'}.`;
}

/** A misspelt option is not silently ignored. */
export function refuseUnknown(options: object, known: readonly string[]): void {
  const name = Object.keys(options).find((each) => !known.includes(each));
  if (name) throw badOption(name, noSuch('option', { name, known }));
}

/** Refuses numbers that are not whole or out of their bounds. */
export function refuseOutside(
  fields: Readonly<Record<string, readonly [value: number, least: number, most: number]>>,
): void {
  for (const [field, [value, least, most]] of Object.entries(fields))
    if (!Number.isInteger(value) || value < least || value > most)
      throw badOption(field, `${field} must be a whole number from ${least} to ${most}; it was ${value}.`);
}
