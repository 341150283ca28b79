import { operations } from '@hubex-kit/contract/operations';
import { ControlError } from '../control/control-error.ts';
import { apiFaults } from './api-faults.ts';
import type { FaultDeclaration, FaultParameter } from './declaration.ts';
import { deliveryFaults } from './delivery-faults.ts';
import type { ApiPlace, AskedRule, DeliveryPlace, FaultRule, Which } from './fault-rule.ts';
import { type Fields, misfit, readObject, readParameter, unknownName } from './read-fields.ts';

const members = ['on', 'where', 'fault', 'skip', 'times', 'probability', 'until', 'for'];
const mostCalls = 1_000_000_000;
const count = (least: number): FaultParameter => ({
  type: 'integer',
  least,
  most: mostCalls,
  standard: null,
  what: '',
});
const id: FaultParameter = { type: 'integer', least: 0, most: 2_147_483_647, standard: null, what: '' };

/** Declarations by what a rule is on. */
export const faultCatalogue: {
  readonly api: Readonly<Record<string, FaultDeclaration>>;
  readonly delivery: Readonly<Record<string, FaultDeclaration>>;
} = { api: apiFaults, delivery: deliveryFaults };

/**
 * Checks a rule and fills its standard values in.
 * @throws ControlError that names the field, and the nearest known name for a misspelt one.
 */
export function readRule(asked: AskedRule | unknown, now: number): FaultRule {
  const given = readObject(asked, { field: 'rule', known: members });
  const { on } = given;
  if (on !== 'api' && on !== 'delivery') {
    if (typeof on === 'string') throw unknownName('on', { name: on, known: ['api', 'delivery'] });
    throw misfit('on', { expected: 'api or delivery', value: on });
  }
  const where = on === 'api' ? readApiPlace(given.where ?? {}) : readDeliveryPlace(given.where ?? {});
  const fault = readFault(given.fault, faultCatalogue[on]);
  // The declarations are complete for the unions (Declarations), and readFault has filled every parameter in.
  return { on, where, fault, ...readWhich(given, now) } as FaultRule;
}

function readFault(value: unknown, known: Readonly<Record<string, FaultDeclaration>>): Fields {
  const { kind, ...given } = typeof value === 'string' ? { kind: value } : anyFields(value);
  const kinds = Object.keys(known);
  if (typeof kind !== 'string') throw misfit('fault.kind', { expected: `one of ${kinds.join(', ')}`, value: kind });
  const declaration = Object.hasOwn(known, kind) ? known[kind] : undefined;
  if (!declaration) throw unknownName('fault.kind', { name: kind, known: kinds });
  readObject(given, { field: 'fault', known: Object.keys(declaration.parameters) });
  const parameters = Object.entries(declaration.parameters).map(
    ([name, parameter]) => [name, readParameter(given[name], { field: `fault.${name}`, parameter })] as const,
  );
  const fault: Fields = { kind, ...Object.fromEntries(parameters) };
  if (fault.carriedOut === false && fault.afterBytes != null)
    throw new ControlError(
      'fault.afterBytes',
      'What never reached HubEx has no answer: leave afterBytes or carriedOut out.',
    );
  return fault;
}

function anyFields(value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields; // checked just here
  throw misfit('fault', { expected: 'the kind of a fault, or an object with kind', value });
}

function readApiPlace(value: unknown): ApiPlace {
  const { operationId, method, path } = readObject(value, { field: 'where', known: ['operationId', 'method', 'path'] });
  const choice = (name: string, values: readonly string[]): FaultParameter => ({
    type: 'choice',
    values,
    standard: '',
    what: name,
  });
  const read = (field: string, { given, parameter }: { given: unknown; parameter: FaultParameter }): unknown =>
    readParameter(given, { field: `where.${field}`, parameter });
  if (path !== undefined && !(typeof path === 'string' && /^\/[^?#\s]{0,199}$/.test(path)))
    throw misfit('where.path', { expected: 'a path below the base such as /ES/Assets/*', value: path });
  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'];
  return {
    ...(operationId !== undefined && {
      operationId: read('operationId', { given: operationId, parameter: choice('', Object.keys(operations)) }),
    }),
    ...(method !== undefined && {
      method: read('method', { given: upper(method), parameter: choice('', methods) }),
    }),
    ...(path !== undefined && { path }),
  } as ApiPlace; // each member was checked just above
}

function upper(value: unknown): unknown {
  return typeof value === 'string' ? value.toUpperCase() : value;
}

function readDeliveryPlace(value: unknown): DeliveryPlace {
  const known = ['eventId', 'assetId', 'webhookId'];
  const given = readObject(value, { field: 'where', known });
  const entries = known.flatMap((name) => {
    if (given[name] === undefined) return [];
    return [[name, readParameter(given[name], { field: `where.${name}`, parameter: id })] as const];
  });
  return Object.fromEntries(entries);
}

function readWhich(given: Fields, now: number): Which {
  const { skip, times, probability = 1, until, for: ms } = given;
  const number = (field: string, { value, least }: { value: unknown; least: number }): number =>
    Number(readParameter(value, { field, parameter: count(least) }));
  if (typeof probability !== 'number' || !(probability > 0 && probability <= 1))
    throw misfit('probability', { expected: 'a number above 0, at most 1', value: probability });
  if (until != null && ms != null) throw new ControlError('for', 'for and until say the same thing; give one of them.');
  return {
    skip: skip === undefined ? 0 : number('skip', { value: skip, least: 0 }),
    times: times == null ? null : number('times', { value: times, least: 1 }),
    probability,
    until: ms == null ? readTime(until) : new Date(now + number('for', { value: ms, least: 1 })).toISOString(),
  };
}

function readTime(value: unknown): string | null {
  if (value == null) return null;
  const time = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw misfit('until', { expected: 'a time such as 2026-03-02T08:15:40Z', value });
  return new Date(time).toISOString();
}
