import { readTime } from '../operations/time.ts';

/** A 32-bit integer in decimal digits, or undefined. */
export function readInt32(text: string): number | undefined {
  if (!/^[+-]?\d{1,10}$/.test(text.trim())) return undefined;
  const value = Number(text);
  return value >= -2_147_483_648 && value <= 2_147_483_647 ? value : undefined;
}

/** `true` or `false` in any case, or undefined. */
export function readBoolean(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (word === 'true') return true;
  return word === 'false' ? false : undefined;
}

/** The text itself if it is an ISO 8601 time, or undefined. */
export function readDateTime(text: string): string | undefined {
  return Number.isNaN(readTime(text)) ? undefined : text;
}
