import { type Duration, type EventMix, type Rate, readDuration, readRate } from '@hubex-kit/simulator';
import { LoadError } from '../load/load-error.ts';
import type { LoadPlan } from '../load/load-plan.ts';
import type { TrafficFlags } from './traffic-command.ts';

/** The flags of `traffic`, read. */
export interface TrafficOrder {
  readonly to: URL;
  readonly plan: LoadPlan;
  readonly timeoutMs: number;
}

/**
 * Reads the flags of `traffic`.
 * @throws LoadError that names the flag, what was found and what it takes.
 */
export function readTrafficFlags(flags: TrafficFlags): TrafficOrder {
  return {
    to: readAddress(flags.to),
    plan: {
      rate: readRateFlag(flags.rate),
      for: readFor(flags.for),
      mix: readMix(flags.mix),
      connections: readWhole('--connections', { text: flags.connections, least: 1, most: 1024 }),
      arrivals: flags.arrivals,
      seed: readWhole('--seed', { text: flags.seed, least: 0, most: 2_147_483_647 }),
    },
    timeoutMs: readTimeout(flags.timeout),
  };
}

function refuse(flag: string, { text, wants }: { text: string; wants: string }): LoadError {
  return new LoadError(`${flag} takes ${wants}; it was ${JSON.stringify(text)}.`);
}

function readAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  // The address may hold a secret and is not repeated.
  throw new LoadError('--to takes an address such as http://127.0.0.1:3000/hook.');
}

function readRateFlag(text: string): Rate {
  const perSecond = readRate(text) * 1000;
  if (perSecond > 0 && perSecond <= 20_000) return text as Rate; // readRate makes a number of nothing else
  throw refuse('--rate', { text, wants: 'a rate such as 50/s, 600/m or 40/h, above 0 and at most 20000/s' });
}

function readFor(text: string): Duration {
  const ms = readDuration(text);
  if (ms > 0 && ms <= 7 * 86_400_000) return text as Duration; // readDuration makes a number of nothing else
  throw refuse('--for', { text, wants: 'a duration such as 30s, 10m or 2h, at most 7d' });
}

function readTimeout(text: string): number {
  const ms = readDuration(text);
  if (ms >= 1 && ms <= 600_000) return ms;
  throw refuse('--timeout', { text, wants: 'a duration such as 500ms or 30s, at most 10m' });
}

function readMix(text: string): EventMix {
  const wants = 'events 40 to 44 with weights, such as 40:10,41:70';
  const weights = new Map<number, number>();
  for (const part of text.split(',')) {
    const [, eventId, weight] = /^\s*(4[0-4])\s*:\s*(\d{1,6}(?:\.\d{1,3})?)\s*$/.exec(part) ?? [];
    if (eventId === undefined) throw refuse('--mix', { text: part, wants });
    if (weights.has(Number(eventId))) throw new LoadError(`--mix names event ${eventId} twice; name it once.`);
    weights.set(Number(eventId), Number(weight));
  }
  if ([...weights.values()].every((weight) => weight === 0))
    throw new LoadError('--mix has no weight above 0; give one event more.');
  return Object.fromEntries(weights);
}

function readWhole(flag: string, { text, least, most }: { text: string; least: number; most: number }): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw refuse(flag, { text, wants: `a whole number from ${least} to ${most}` });
}
