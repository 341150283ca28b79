/** The known name with the fewest differing letters; case does not count. Empty when nothing is known. */
export function nearestName(name: string, known: readonly string[]): string {
  const lower = name.toLowerCase();
  const ranked = known.map((each) => [each, distance(lower, each.toLowerCase())] as const);
  return ranked.sort(([, a], [, b]) => a - b)[0]?.[0] ?? '';
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
