/** A time as REST replies show it: UTC, no zone, whole seconds (B074). */
export function zoneless(time: number): string {
  return new Date(time).toISOString().slice(0, 19);
}

/** A time as a webhook's lastCall shows it: UTC, no zone, seven fractional digits (B121). */
export function fractional(time: number): string {
  return `${new Date(time).toISOString().slice(0, 23)}0000`;
}

/** Milliseconds of an ISO 8601 text; without a zone it is read as UTC (B075). NaN when it is none. */
export function readTime(text: string): number {
  const isDate = /^\d{4}-\d\d-\d\d$/.test(text);
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(text.slice(10));
  return Date.parse(isDate || hasZone ? text : `${text}Z`);
}
