/** Of `known`, the one that needs the fewest single-letter edits to become `name`, whatever the case. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const ranked = known.map((each) => [distance(name.toLowerCase(), each.toLowerCase()), each] as const);
  return ranked.sort(([a], [b]) => a - b)[0]?.[1];
}

function distance(a: string, b: string): number {
  let row = [...b].map((_, index) => index + 1);
  [...a].forEach((letter, index) => {
    let [left, corner] = [index + 1, index];
    row = row.map((above, column) => {
      left = Math.min(above + 1, left + 1, corner + Number(letter !== b[column]));
      corner = above;
      return left;
    });
  });
  return row.at(-1) ?? a.length;
}
