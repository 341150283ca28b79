import { apiFaults } from '../../faults/api-faults.ts';
import type { FaultDeclaration } from '../../faults/declaration.ts';
import { deliveryFaults } from '../../faults/delivery-faults.ts';
import type { ApiPlace, AskedFault, DeliveryPlace, PlannedRule, RuleState } from '../../faults/fault-rule.ts';
import type { ControlDefinition } from '../control-definition.ts';
import { ControlError } from '../control-error.ts';
import type { DurationField, EnumField, IntegerField, JsonField, NumberField, StringField } from '../field.ts';

const mostCalls = 1_000_000_000;

const where: JsonField<ApiPlace | DeliveryPlace> = {
  kind: 'json',
  shape: 'object',
  doc: 'api: operationId, method, path; delivery: eventId, assetId, webhookId; left out: all',
};

const fault: JsonField<AskedFault> & { readonly required: true } = {
  kind: 'json',
  required: true,
  doc: 'a kind of fault, or an object with kind and parameters; GET /__mock/faults/kinds lists them',
};

/** A rule: where, which, what. */
export const addFaultFields: {
  readonly on: EnumField<'api' | 'delivery'> & { readonly required: true };
  readonly where: typeof where;
  readonly fault: typeof fault;
  readonly skip: IntegerField & { readonly default: number };
  readonly times: IntegerField;
  readonly probability: NumberField & { readonly default: number };
  readonly until: StringField;
  readonly for: DurationField;
} = {
  on: { kind: 'enum', values: ['api', 'delivery'], required: true, doc: 'calls of the API, or calls of webhooks' },
  where,
  fault,
  skip: { kind: 'integer', least: 0, most: mostCalls, default: 0, doc: 'calls that pass first' },
  times: { kind: 'integer', least: 1, most: mostCalls, doc: 'calls that are hit before all is well again' },
  probability: { kind: 'number', least: 0, most: 1, default: 1, doc: 'share of the calls that is hit, seeded' },
  until: { kind: 'string', longest: 40, doc: 'when it ends by the clock of the tenant: 2026-03-02T08:15:40Z' },
  for: { kind: 'duration', least: 1, most: 31_536_000_000, doc: 'how long it lasts from now, instead of until' },
};

/** A rule of a tenant and how far it has got. */
export type FaultListed = PlannedRule & { readonly state: RuleState };

/** The rules of a tenant in the order in which they are asked. */
export interface Faults {
  readonly total: number;
  readonly items: readonly FaultListed[];
}

/** The rule that is gone. */
export interface FaultRemoved {
  /** Its id. */
  readonly removed: number;
}

/** All rules are gone. */
export interface FaultsCleared {
  /** How many there were. */
  readonly removed: number;
}

/** What can go wrong, by kind. */
export interface FaultKinds {
  readonly api: Readonly<Record<string, FaultDeclaration>>;
  readonly delivery: Readonly<Record<string, FaultDeclaration>>;
}

/** Adds a rule. */
export const addFault: ControlDefinition<typeof addFaultFields, PlannedRule> = {
  method: 'POST',
  path: '/faults',
  summary: 'Let something go wrong: add a rule behind those there are.',
  returns: 'the rule with its id and everything that was left out',
  input: addFaultFields,
  examples: [
    { on: 'api', where: { operationId: 'getAsset' }, fault: 'internal-error', times: 3 },
    { on: 'delivery', where: { eventId: 41 }, fault: { kind: 'duplicate', copies: 2 }, probability: 0.1 },
    { on: 'api', fault: { kind: 'latency', ms: 800, jitterMs: 400 }, for: '1m' },
  ],
  run: (world, input) => world.faults.add(input),
};

/** Lists rules. */
export const faults: ControlDefinition<Record<never, never>, Faults> = {
  method: 'GET',
  path: '/faults',
  summary: 'List the rules of the tenant with the calls they saw and hit.',
  returns: 'total and items: the rules in the order in which they are asked',
  input: {},
  examples: [{}],
  run(world) {
    const items = world.faults.list();
    return { total: items.length, items };
  },
};

/** Which rule to remove. */
export const removeFaultFields = {
  id: { kind: 'integer', least: 1, most: 2_147_483_647, required: true, doc: 'id of the rule' },
} as const;

/** Removes a rule. */
export const removeFault: ControlDefinition<typeof removeFaultFields, FaultRemoved> = {
  method: 'DELETE',
  path: '/faults',
  summary: 'Remove one rule.',
  returns: 'the id of the rule that is gone',
  input: removeFaultFields,
  examples: [{ id: 1 }],
  run(world, { id }) {
    if (world.faults.remove(id)) return { removed: id };
    throw new ControlError('id', `There is no rule ${id}; list them with GET /__mock/faults.`);
  },
};

/** Removes all rules. */
export const clearFaults: ControlDefinition<Record<never, never>, FaultsCleared> = {
  method: 'POST',
  path: '/faults/clear',
  summary: 'Remove all rules: everything has recovered.',
  returns: 'how many rules there were',
  input: {},
  examples: [{}],
  run: (world) => ({ removed: world.faults.clear() }),
};

/** Lists what can go wrong. */
export const faultKinds: ControlDefinition<Record<never, never>, FaultKinds> = {
  method: 'GET',
  path: '/faults/kinds',
  summary: 'List what can go wrong, what it models and its parameters.',
  returns: 'api and delivery: by kind the part of a call it changes, what it models, its parameters',
  input: {},
  examples: [{}],
  run: () => ({ api: apiFaults, delivery: deliveryFaults }),
};
