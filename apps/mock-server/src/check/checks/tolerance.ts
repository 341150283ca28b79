import { accepts, type Volley } from '../accepts.ts';
import type { Check } from '../check.ts';
import type { Probe } from '../probe.ts';

const largest = 2_147_483_647;

/** A check whose requests differ from a delivery of 41 in the body alone. */
function bodies(make: (probe: Probe) => Readonly<Record<string, unknown>>): Check['run'] {
  return accepts((probe) =>
    Object.entries(make(probe)).map(
      ([label, value]): Volley => ({ label, body: typeof value === 'string' ? value : JSON.stringify(value) }),
    ),
  );
}

function renamed(fields: Record<string, unknown>, rename: (name: string) => string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [rename(name), value]));
}

const group = 'tolerance';
const severity = 'must';

/** Deliveries that HubEx may well send one day, though nobody has seen them yet. */
export const toleranceChecks: readonly Check[] = [
  {
    id: 'absent-fields',
    title: 'accepts fields that are absent instead of null',
    ...{ group, severity },
    why: 'HubEx leaves empty fields out everywhere else; that deliveries spell out null was seen in one recording.',
    ledger: ['B143', 'B071'],
    fix: 'Treat a field that is not there like null. In a typed model every field but TenantID is optional.',
    run: bodies(({ samples }) => ({ 'empty fields left out': samples.sparse.body })),
  },
  {
    id: 'filled-fields',
    title: 'accepts numbers in fields that were null',
    ...{ group, severity },
    why: 'Whether asset events fill CompanyID and its like is not known.',
    ledger: ['B144', 'B145'],
    fix: 'Declare each id as a number or null; refuse nothing because a field you do not need is filled.',
    run: bodies((probe) => ({
      'CompanyID filled': probe.samples.withCompany.body,
      'every field filled': Object.fromEntries(
        Object.entries(probe.fields()).map(([name, value]) => [name, value ?? 7]),
      ),
    })),
  },
  {
    id: 'property-case',
    title: 'accepts property names in another case',
    ...{ group, severity },
    why: 'Deliveries are PascalCase and the API is camelCase; a serializer setting on their side turns one into the other.',
    ledger: ['B142', 'B072'],
    fix: 'Read property names without regard to case, and answer 2xx even when you cannot.',
    run: bodies((probe) => ({
      camelCase: renamed(probe.fields(), (name) => name.charAt(0).toLowerCase() + name.slice(1)),
      'lower case': renamed(probe.fields(), (name) => name.toLowerCase()),
      'upper case': renamed(probe.fields(), (name) => name.toUpperCase()),
    })),
  },
  {
    id: 'extra-fields',
    title: 'accepts fields it does not know',
    ...{ group, severity },
    why: 'A new field is no breaking change for whoever adds it.',
    ledger: ['B142'],
    fix: 'Ignore unknown fields; switch off `additionalProperties: false`, `forbid` and the like in your model.',
    run: bodies((probe) => ({
      'an unknown number': probe.fields({ ContractID: 7 }),
      'an unknown object': probe.fields({ Changes: { Name: ['Котёл', 'Чиллер'], Deep: [[1], { a: null }] } }),
    })),
  },
  {
    id: 'field-order',
    title: 'accepts any order of fields, spaces and line breaks',
    ...{ group, severity },
    why: 'JSON promises no order; a body that is compared as text breaks with the next serializer.',
    ledger: ['B142'],
    fix: 'Parse the body as JSON instead of comparing or cutting text.',
    run: bodies((probe) => ({
      'fields in reverse order': Object.fromEntries(Object.entries(probe.fields()).reverse()),
      'an indented body': `\r\n${JSON.stringify(probe.fields(), null, '\t')}\r\n`,
    })),
  },
  {
    id: 'unknown-event',
    title: 'accepts an EventID it does not know',
    ...{ group, severity },
    why: 'The catalogue grows (40 to 44 came in August 2025), and a webhook can be bound to any of it.',
    ledger: ['B090', 'B091'],
    fix: 'Answer 2xx to events you do nothing about.',
    run: bodies((probe) => ({
      'EventID 45': probe.fields({ EventID: 45 }),
      'EventID 255': probe.fields({ EventID: 255 }),
    })),
  },
  {
    id: 'task-event',
    title: 'accepts an event that is about no asset',
    ...{ group, severity },
    why: 'Whoever binds the webhook to task events too sends deliveries whose AssetID is null.',
    ledger: ['B093', 'B122', 'B143'],
    fix: 'Look at EventID before AssetID, and answer 2xx when there is no asset.',
    run: bodies((probe) => ({
      'a task event with AssetID null': probe.fields({ EventID: 3, TaskID: 1341, AssetID: null }),
      'an event without EventID': probe.fields({ EventID: null, TaskID: 1341, TaskStageID: 2 }),
    })),
  },
  {
    id: 'unknown-asset',
    title: 'accepts ids of assets and tenants it has never heard of',
    ...{ group, severity },
    why: 'A new asset is unknown by nature, one that is gone may be so too, and a foreign key must not turn that into a failure.',
    ledger: ['B144', 'B119'],
    fix: 'Store first and look the asset up later; put what belongs to another tenant aside, with 2xx.',
    run: bodies((probe) => ({
      'the largest AssetID': probe.fields({ AssetID: largest }),
      'another TenantID': probe.fields({ TenantID: largest, AssetID: 1 }),
    })),
  },
];
