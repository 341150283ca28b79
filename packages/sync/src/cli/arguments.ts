import { parseArgs } from 'node:util';
import { nearest } from '@hubex-kit/contract/nearest';

/** A mistake of the caller's: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Options every command takes, and what they are for. */
const shared = { json: 'boolean', help: 'boolean', inbox: 'string', 'base-url': 'string' } as const;

/** Options of each command besides the shared ones. */
export const commandOptions = {
  doctor: { webhook: 'string', uri: 'string', 'dry-run': 'boolean' },
  reconcile: { 'dry-run': 'boolean' },
  replay: { since: 'string', asset: 'string', event: 'string', 'dry-run': 'boolean' },
  inbox: { limit: 'string' },
} as const;

/** What can be done. */
export type CommandName = keyof typeof commandOptions;

/** A command line, read. */
export interface Arguments {
  readonly command: CommandName | undefined;
  readonly help: boolean;
  readonly json: boolean;
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
}

/** Reads a command line. @throws UsageError that names the nearest command or option. */
export function readArguments(argv: readonly string[]): Arguments {
  const [first, ...rest] = argv;
  if (first === undefined || first === '--help' || first === '-h')
    return { command: undefined, help: true, json: false, values: {} };
  const commands = Object.keys(commandOptions);
  if (!isCommand(first))
    throw new UsageError(
      `There is no command ${first}; did you mean ${nearest(first, commands)}? There are ${commands.join(', ')}.`,
    );
  const types: Record<string, 'string' | 'boolean'> = { ...shared, ...commandOptions[first] };
  const options = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, { type }]));
  try {
    const { values } = parseArgs({
      args: rest.map((arg) => (arg === '-h' ? '--help' : arg)),
      options,
      allowPositionals: false,
    });
    return { command: first, help: values.help === true, json: values.json === true, values };
  } catch (cause) {
    const [, wrong] = /'--?([^' ]+)/.exec(String(cause)) ?? [];
    const hint = wrong === undefined || wrong in types ? '' : ` Did you mean --${nearest(wrong, Object.keys(types))}?`;
    throw new UsageError(`${cause instanceof Error ? cause.message.split('. ')[0] : String(cause)}.${hint}`);
  }
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commandOptions, name);
}

/** A whole number given as an option. */
export function wholeNumber(name: string, value: string | boolean | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !/^\d+$/.test(value))
    throw new UsageError(`--${name} must be a whole number; it was ${String(value)}.`);
  return Number(value);
}

/** A time: ISO such as 2026-03-02T08:00Z, or an age such as 90m, 12h, 7d. Milliseconds since 1970. */
export function pointInTime(name: string, value: string | boolean | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const [, count, unit] = /^(\d+)([mhd])$/.exec(String(value)) ?? [];
  if (count && unit) return now - Number(count) * { m: 60_000, h: 3_600_000, d: 86_400_000 }[unit as 'm' | 'h' | 'd']; // the pattern allows no other
  const time = Date.parse(String(value));
  if (Number.isNaN(time))
    throw new UsageError(
      `--${name} must be a time such as 2026-03-02T08:00Z or an age such as 90m, 12h or 7d; it was ${String(value)}.`,
    );
  return time;
}
