import type { Rhythm } from './scenario.ts';

/** Moscow is three hours ahead of UTC all year. */
const moscow = 3 * 3_600_000;

interface Week {
  /** Weight of each hour, midnight first; the busiest is 1. */
  readonly hours: readonly number[];
  /** Weight of each weekday, Sunday first as Date counts. */
  readonly days: readonly number[];
}

const weeks: Readonly<Record<Exclude<Rhythm, 'round-the-clock'>, Week>> = {
  // People come from eight, are slower over lunch, and are gone by seven; a duty officer stays.
  office: {
    hours: [
      ...[0.01, 0.01, 0.01, 0.01, 0.01, 0.02, 0.05, 0.2, 0.6, 0.95, 1, 1],
      ...[0.8, 0.55, 0.85, 0.9, 0.8, 0.6, 0.25, 0.1, 0.05, 0.03, 0.02, 0.01],
    ],
    days: [0.06, 1, 0.95, 0.95, 0.95, 0.85, 0.15],
  },
  // Shops report what is broken from opening to closing, most of all on Saturday.
  shop: {
    hours: [
      ...[0.02, 0.01, 0.01, 0.01, 0.01, 0.02, 0.1, 0.3, 0.6, 0.8, 0.9, 0.95],
      ...[0.9, 0.85, 0.85, 0.9, 0.95, 1, 1, 0.95, 0.8, 0.6, 0.3, 0.1],
    ],
    days: [0.85, 0.8, 0.8, 0.8, 0.85, 0.95, 1],
  },
};

/** How busy it is at a moment (milliseconds, UTC): 0 to 1, where 1 is the busiest hour of the week. */
export function busyness(rhythm: Rhythm, time: number): number {
  if (rhythm === 'round-the-clock') return 1;
  const local = new Date(time + moscow);
  const { hours, days } = weeks[rhythm];
  return (hours[local.getUTCHours()] ?? 0) * (days[local.getUTCDay()] ?? 0);
}
