import { type Clock, systemClock } from './clock.ts';
import { type Switches, switchDefaults, switchValues } from './generated/switches.ts';
import type { Deliverer } from './outbox/deliverer.ts';
import type { Workbooks } from './workbooks.ts';

/** How to set a simulator up; everything has a default. */
export interface SimulatorOptions {
  /** Whole number; the same seed and the same calls give the same bytes. Default 1. */
  readonly seed?: number;
  /** Assets the tenant starts with, 0 to 1000000. Default 300. */
  readonly assets?: number;
  /** The key of the tenant's API user, 1 to 200 characters. Default `demo-service-token`. */
  readonly serviceToken?: string;
  /** Where time comes from. Default: the computer's clock. */
  readonly clock?: Clock;
  /** Makes the outgoing calls. Without one every call fails: nobody is there to answer. */
  readonly deliver?: Deliverer;
  /** Reads and writes .xlsx files. Without it import and export answer 501: the simulator itself knows no file format. */
  readonly workbooks?: Workbooks;
  /** Assumptions to change; see the behaviour ledger. */
  readonly switches?: Partial<Switches>;
}

/** An option is unknown or has a value that cannot be used. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
  readonly code = 'simulator/bad-option';
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

const nobody: Deliverer = () =>
  Promise.resolve({ kind: 'failed', reason: 'No deliverer was given to createSimulator.' });

const names = ['seed', 'assets', 'serviceToken', 'clock', 'deliver', 'workbooks', 'switches'];

/** Fills in the defaults and refuses what cannot be used. */
export function readOptions(
  options: SimulatorOptions,
): Required<Omit<SimulatorOptions, 'workbooks'>> &
  Pick<SimulatorOptions, 'workbooks'> & { readonly switches: Switches } {
  for (const name of Object.keys(options)) if (!names.includes(name)) throw unknown('option', { name, known: names });
  const {
    seed = 1,
    assets = 300,
    serviceToken = 'demo-service-token',
    clock = systemClock,
    deliver = nobody,
  } = options;
  if (!Number.isSafeInteger(seed))
    throw new OptionError('seed', `seed must be a whole number; it was ${String(seed)}.`);
  if (!Number.isInteger(assets) || assets < 0 || assets > 1_000_000) {
    throw new OptionError('assets', `assets must be a whole number from 0 to 1000000; it was ${String(assets)}.`);
  }
  if (typeof serviceToken !== 'string' || serviceToken.length < 1 || serviceToken.length > 200) {
    throw new OptionError('serviceToken', 'serviceToken must be a string of 1 to 200 characters.');
  }
  const files = options.workbooks === undefined ? {} : { workbooks: options.workbooks };
  return { seed, assets, serviceToken, clock, deliver, ...files, switches: readSwitches(options.switches ?? {}) };
}

function readSwitches(given: Partial<Switches>): Switches {
  for (const [name, value] of Object.entries(given)) {
    if (!isSwitch(name)) throw unknown('switch', { name, known: Object.keys(switchDefaults) });
    const allowed = switchValues[name];
    const fits =
      allowed === 'boolean'
        ? typeof value === 'boolean'
        : allowed === 'integer'
          ? typeof value === 'number' && Number.isInteger(value) && value >= 0
          : allowed.includes(String(value));
    if (fits) continue;
    const expected =
      typeof allowed === 'string'
        ? allowed === 'integer'
          ? 'a whole number from 0'
          : 'true or false'
        : allowed.join(', ');
    throw new OptionError(`switches.${name}`, `The switch ${name} takes ${expected}; it was ${String(value)}.`);
  }
  return { ...switchDefaults, ...given };
}

function isSwitch(name: string): name is keyof Switches {
  return Object.hasOwn(switchDefaults, name);
}

function unknown(what: 'option' | 'switch', subject: { name: string; known: readonly string[] }): OptionError {
  const nearest = nearestName(subject.name, subject.known);
  return new OptionError(
    subject.name,
    `There is no ${what} ${subject.name}; did you mean ${nearest}? Known: ${subject.known.join(', ')}.`,
  );
}

/** The known name with the fewest differing letters. */
function nearestName(name: string, known: readonly string[]): string {
  const distance = (a: string, b: string): number => {
    let row = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (const [i, letter] of [...a].entries()) {
      const next = [i + 1];
      for (const [j, other] of [...b].entries()) {
        next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
      }
      row = next;
    }
    return row[b.length] ?? 0;
  };
  const lower = name.toLowerCase();
  return [...known].sort((a, b) => distance(lower, a.toLowerCase()) - distance(lower, b.toLowerCase()))[0] ?? '';
}
