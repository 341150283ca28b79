let last = Number.NaN;
let text = '';

/** A time as ISO 8601 in UTC. Everything of one moment shares one text: storms have many stamps and few moments. */
export function isoTime(ms: number): string {
  if (ms !== last) {
    last = ms;
    text = new Date(ms).toISOString();
  }
  return text;
}
