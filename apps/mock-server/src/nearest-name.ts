/** The known name that shares most pairs of letters with a misspelt one. `known` must not be empty. */
export function nearestName(name: string, known: readonly string[]): string {
  const pairs = (text: string): ReadonlySet<string> => {
    const lower = `^${text.toLowerCase()}$`;
    return new Set([...lower].slice(1).map((letter, index) => `${lower[index]}${letter}`));
  };
  const given = pairs(name);
  const likeness = (other: string): number => {
    const theirs = pairs(other);
    const both = [...theirs].filter((pair) => given.has(pair)).length;
    return both / (given.size + theirs.size);
  };
  return known.reduce((best, other) => (likeness(other) > likeness(best) ? other : best));
}
