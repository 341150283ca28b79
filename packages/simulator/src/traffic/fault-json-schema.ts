import { operations } from '@hubex-kit/contract/operations';
import { apiFaults } from '../faults/api-faults.ts';
import type { FaultDeclaration, FaultParameter } from '../faults/declaration.ts';
import { deliveryFaults } from '../faults/delivery-faults.ts';

type Schema = Readonly<Record<string, unknown>>;

const id = { type: 'integer', minimum: 0, maximum: 2_147_483_647 };
const count = (least: number): Schema => ({ type: 'integer', minimum: least, maximum: 1_000_000_000 });

/** The JSON Schema of a fault rule of a phase, made from the declarations of the faults. */
export function faultJsonSchema(): Schema {
  const method = { enum: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'] };
  return {
    anyOf: [
      ruleSchema('api', {
        faults: apiFaults,
        where: { operationId: { enum: Object.keys(operations) }, method, path: { type: 'string' } },
      }),
      ruleSchema('delivery', { faults: deliveryFaults, where: { eventId: id, assetId: id, webhookId: id } }),
    ],
  };
}

function ruleSchema(
  on: string,
  { faults, where }: { faults: Readonly<Record<string, FaultDeclaration>>; where: Schema },
): Schema {
  const alone = { enum: Object.keys(faults) };
  const withParameters = Object.entries(faults).map(([kind, { what, parameters }]) => ({
    description: what,
    ...closed({
      kind: { const: kind },
      ...Object.fromEntries(Object.entries(parameters).map(([name, parameter]) => [name, parameterSchema(parameter)])),
    }),
    required: ['kind'],
  }));
  return {
    ...closed({
      on: { const: on },
      where: closed(where),
      fault: { anyOf: [alone, ...withParameters] },
      skip: count(0),
      times: count(1),
      probability: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
    }),
    required: ['on', 'fault'],
  };
}

function closed(properties: Schema): Schema {
  return { type: 'object', additionalProperties: false, properties };
}

function parameterSchema(parameter: FaultParameter): Schema {
  const description = parameter.what;
  switch (parameter.type) {
    case 'integer': {
      const type = parameter.orNull ? ['integer', 'null'] : 'integer';
      return { type, minimum: parameter.least, maximum: parameter.most, description };
    }
    case 'boolean':
      return { type: 'boolean', description };
    case 'choice':
      return { enum: parameter.values, description };
    case 'text':
      return { type: 'string', minLength: 1, maxLength: 200, description };
    case 'texts':
      return { type: 'array', minItems: 1, maxItems: 20, items: { type: 'string' }, description };
    default:
      return parameter satisfies never;
  }
}
