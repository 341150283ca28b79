/** The latest two moments: what a call began and ended at, while storms tell either again and again. */
let [last, before] = [
  { ms: Number.NaN, text: '' },
  { ms: Number.NaN, text: '' },
];

/** A time as ISO 8601 in UTC. Everything of one moment shares one text: storms have many stamps and few moments. */
export function isoTime(ms: number): string {
  if (last.ms === ms) return last.text;
  if (before.ms !== ms) {
    before.ms = ms;
    before.text = new Date(ms).toISOString();
  }
  [last, before] = [before, last];
  return last.text;
}
