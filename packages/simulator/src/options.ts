import { nearest } from '@hubex-kit/contract/nearest';
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
  readonly workbooks?: Workbooks | undefined;
  /** Assumptions to change; see the behaviour ledger. Every tenant starts with them. */
  readonly switches?: Partial<Switches>;
  /** What an unknown service token does: `on-sight` makes a tenant of its own for it, `known` refuses it as HubEx does (B028). Default `on-sight`. */
  readonly tenants?: 'on-sight' | 'known';
  /** Tenants there may be at a time, 1 to 100000. Default 1000. */
  readonly maxTenants?: number;
  /** Requests, events and deliveries that a tenant's journal keeps, each, 100 to 1000000. Default 10000. */
  readonly journalLimit?: number;
  /** Deliveries that may follow one from the other before a loop is suspected and no more are sent, 1 to 1000. Default 20. */
  readonly maxDepth?: number;
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

const names = [
  'seed',
  'assets',
  'serviceToken',
  'clock',
  'deliver',
  'workbooks',
  'switches',
  'tenants',
  'maxTenants',
  'journalLimit',
  'maxDepth',
];

/** Fills in the defaults and refuses what cannot be used. */
export function readOptions(options: SimulatorOptions): Required<SimulatorOptions> & { readonly switches: Switches } {
  for (const name of Object.keys(options)) if (!names.includes(name)) throw unknown('option', { name, known: names });
  const {
    seed = 1,
    assets = 300,
    serviceToken = 'demo-service-token',
    clock = systemClock,
    deliver = nobody,
    tenants = 'on-sight',
    maxTenants = 1000,
    journalLimit = 10_000,
    maxDepth = 20,
  } = options;
  if (!Number.isSafeInteger(seed))
    throw new OptionError('seed', `seed must be a whole number; it was ${String(seed)}.`);
  if (!Number.isInteger(assets) || assets < 0 || assets > 1_000_000) {
    throw new OptionError('assets', `assets must be a whole number from 0 to 1000000; it was ${String(assets)}.`);
  }
  if (typeof serviceToken !== 'string' || serviceToken.length < 1 || serviceToken.length > 200) {
    throw new OptionError('serviceToken', 'serviceToken must be a string of 1 to 200 characters.');
  }
  if (tenants !== 'on-sight' && tenants !== 'known') {
    throw new OptionError('tenants', `tenants must be on-sight or known; it was ${String(tenants)}.`);
  }
  if (!Number.isInteger(maxTenants) || maxTenants < 1 || maxTenants > 100_000) {
    throw new OptionError(
      'maxTenants',
      `maxTenants must be a whole number from 1 to 100000; it was ${String(maxTenants)}.`,
    );
  }
  if (!Number.isInteger(journalLimit) || journalLimit < 100 || journalLimit > 1_000_000) {
    throw new OptionError(
      'journalLimit',
      `journalLimit must be a whole number from 100 to 1000000; it was ${String(journalLimit)}.`,
    );
  }
  if (!Number.isInteger(maxDepth) || maxDepth < 1 || maxDepth > 1000)
    throw new OptionError('maxDepth', `maxDepth must be a whole number from 1 to 1000; it was ${String(maxDepth)}.`);
  const switches = { ...switchDefaults, ...checkSwitches(options.switches ?? {}) };
  const { workbooks } = options;
  return {
    seed,
    assets,
    serviceToken,
    clock,
    deliver,
    workbooks,
    switches,
    tenants,
    maxTenants,
    journalLimit,
    maxDepth,
  };
}

/** Refuses switches that are unknown or have a value they cannot take; returns the others as they are. */
function checkSwitches(given: Partial<Switches>): Partial<Switches> {
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
  return given;
}

function isSwitch(name: string): name is keyof Switches {
  return Object.hasOwn(switchDefaults, name);
}

function unknown(what: 'option' | 'switch', subject: { name: string; known: readonly string[] }): OptionError {
  return new OptionError(
    subject.name,
    `There is no ${what} ${subject.name}; did you mean ${nearest(subject.name, subject.known)}? Known: ${subject.known.join(', ')}.`,
  );
}
