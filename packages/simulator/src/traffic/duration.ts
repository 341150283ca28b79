/** A length of time: a number and its unit, such as `90s`, `45m`, `1.5h`. Units: ms, s, m, h, d. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

/** How often: a number and a unit of time, such as `50/s`, `40/h`. */
export type Rate = `${number}/${'s' | 'm' | 'h' | 'd'}`;

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** What a duration and a rate look like, as regular expressions for a JSON Schema. */
export const durationPattern = '^\\d{1,9}(\\.\\d{1,3})?(ms|s|m|h|d)$';
/** See `durationPattern`. */
export const ratePattern = '^\\d{1,9}(\\.\\d{1,3})?/(s|m|h|d)$';

/** Milliseconds of a duration, whole; NaN when the text is none. */
export function readDuration(text: string): number {
  const [, amount, unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)$/.exec(text) ?? [];
  return Math.round(Number(amount) * (units[unit] ?? Number.NaN));
}

/** A rate as times a millisecond; NaN when the text is none. */
export function readRate(text: string): number {
  const [, amount, unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?)\/(s|m|h|d)$/.exec(text) ?? [];
  return Number(amount) / (units[unit] ?? Number.NaN);
}
