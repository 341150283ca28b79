import { nearest } from '@hubex-kit/contract/nearest';
import { type Check, groups } from './check.ts';

/** A name that is neither a check nor a group. */
export class UnknownCheckError extends Error {
  override readonly name = 'UnknownCheckError';
}

/**
 * The checks named by `only` (all when it is empty) but not by `skip`, in the table's order. A name is a check's id or a group's.
 * @throws UnknownCheckError
 */
export function pickChecks(
  table: readonly Check[],
  { only, skip }: { only: readonly string[]; skip: readonly string[] },
): readonly Check[] {
  const known = [...table.map(({ id }) => id), ...Object.keys(groups)];
  for (const name of [...only, ...skip]) {
    if (known.includes(name)) continue;
    throw new UnknownCheckError(
      `There is no check ${name}; did you mean ${nearest(name, known)}? See hubex-mock check --list.`,
    );
  }
  const isNamed = ({ id, group }: Check, names: readonly string[]): boolean =>
    names.includes(id) || names.includes(group);
  return table.filter((check) => (only.length === 0 || isNamed(check, only)) && !isNamed(check, skip));
}
