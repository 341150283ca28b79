import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../root.ts';
import { compareSpecs } from './compare.ts';
import type { Spec } from './finding.ts';

// biome-ignore lint/suspicious/noExplicitAny: the tests break documents on purpose, which no type would let them
type Loose = any;

const ours: Spec = JSON.parse(readFileSync(join(root, 'openapi/dist/openapi.json'), 'utf8'));

/** Our own operations of one service as if the vendor had written them. */
function vendorOf(service: string): Spec {
  const paths = Object.entries(ours.paths).filter(([path]) => path.startsWith(`/${service}/`));
  const own = Object.fromEntries(paths.map(([path, item]) => [path.slice(service.length + 1), item]));
  expect(Object.keys(own)).not.toEqual([]);
  const servers = [{ url: `https://api.example/fsm/${service}` }];
  return structuredClone({ servers, paths: own, components: ours.components ?? {} });
}

function problemsOf(vendor: Spec, own: Spec): readonly string[] {
  return compareSpecs(vendor, own).flatMap(({ where, problems }) => problems.map((problem) => `${where}: ${problem}`));
}

/** What is found after a change of ours. */
function without(service: string, change: (spec: Loose) => void): readonly string[] {
  const changed = structuredClone(ours);
  change(changed);
  return problemsOf(vendorOf(service), changed);
}

test.each(['ADM', 'AUTHZ', 'COMMON', 'ES', 'MSG'])('%s agrees with itself', (service) => {
  // The vendor never says oneOf; ours does, for the two bodies of a refused creation.
  const own = service === 'ES' ? ['POST /ES/Assets 409: says oneOf, which parity does not read'] : [];
  expect(problemsOf(vendorOf(service), ours)).toEqual(own);
});

test.each<[string, (spec: Loose) => void, string]>([
  ['path', ({ paths }) => delete paths['/MSG/Webhooks/activate'], '/MSG/Webhooks/activate: missing'],
  ['operation', ({ paths }) => delete paths['/MSG/Webhooks'].post, 'POST /MSG/Webhooks: missing'],
  [
    'parameter',
    ({ paths }) => paths['/MSG/Webhooks'].get.parameters.splice(1, 1),
    'GET /MSG/Webhooks header Range: missing',
  ],
  ['status', ({ paths }) => delete paths['/MSG/Webhooks'].get.responses['206'], 'GET /MSG/Webhooks 206: missing'],
  [
    'reply body',
    ({ paths }) => delete paths['/MSG/Webhooks'].post.responses['201'].content['application/json'],
    'POST /MSG/Webhooks 201: also application/json',
  ],
  [
    'reply header',
    ({ paths }) => delete paths['/MSG/Webhooks'].get.responses['206'].headers,
    'GET /MSG/Webhooks 206 header Content-Range: missing',
  ],
  ['request body', ({ paths }) => delete paths['/MSG/Webhooks'].post.requestBody, 'POST /MSG/Webhooks body: missing'],
  [
    'field',
    ({ components }) => delete components.schemas.WebhookDetails.properties.uri,
    'GET /MSG/Webhooks/{id} 200 .uri: missing',
  ],
  [
    'type of array items',
    ({ components }) => delete components.schemas.WebhookDetails.properties.events.items,
    'GET /MSG/Webhooks/{id} 200 .events []: missing',
  ],
  [
    'type of map values',
    ({ paths }) =>
      delete paths['/MSG/Webhooks'].get.responses['200'].content['application/json'].schema.additionalProperties,
    'GET /MSG/Webhooks 200 {}: missing',
  ],
])('reports a missing %s', (_, change, expected) => {
  expect(without('MSG', change)).toContain(expected);
});

test.each<[string, (schemas: Loose) => void, string]>([
  ['type', ({ Variable }) => (Variable.properties.value.type = ['integer', 'null']), 'type string, ours integer'],
  ['nullability', ({ Variable }) => (Variable.properties.value.type = 'string'), 'nullable, ours not nullable'],
  ['minLength', ({ VariableAdd }) => (VariableAdd.properties.value.minLength = 2), '[] .value: minLength 1, ours 2'],
  ['pattern', ({ VariableAdd }) => delete VariableAdd.properties.name.pattern, 'ours none'],
  ['limit of ours', ({ VariableAdd }) => (VariableAdd.properties.name.enum = ['a']), 'enum none, ours ["a"]'],
  ['required field', ({ VariableAdd }) => (VariableAdd.required = ['name']), 'value is required, ours optional'],
  ['closed body', ({ VariableAdd }) => (VariableAdd.additionalProperties = false), 'open, ours closed'],
])('reports another %s', (_, change, expected) => {
  expect(without('ADM', ({ components }) => change(components.schemas)).join('\n')).toContain(expected);
});

test.each<[string, (operation: Loose) => void, string]>([
  [
    'permission',
    (operation) => (operation['x-hubex-permission'] = 'EventGet'),
    'needs the permission EventList, ours says EventGet',
  ],
  ['deprecation', (operation) => (operation.deprecated = true), 'not deprecated, ours is'],
  [
    'parameter type',
    (operation) => (operation.parameters[5].schema.type = 'string'),
    'query eventTransportTypeID: type integer, ours string',
  ],
  [
    'need of a parameter',
    (operation) => (operation.parameters[5].required = true),
    'query eventTransportTypeID required: optional, ours required',
  ],
])('reports another %s', (_, change, expected) => {
  const vendor: Loose = vendorOf('COMMON');
  vendor.paths['/Events'].get.description = 'требуется любое из перечисленных полномочий: **EventList**';
  const changed: Loose = structuredClone(ours);
  expect(problemsOf(vendor, changed)).toEqual([]);
  change(changed.paths['/COMMON/Events'].get);
  expect(problemsOf(vendor, changed).join('\n')).toContain(expected);
});

test('reads the level of access from the description', () => {
  const vendor: Loose = vendorOf('AUTHZ');
  vendor.paths['/Tokens/renew'].post.description = 'разрешено от **анонимного пользователя**';
  expect(problemsOf(vendor, ours)).toEqual(['POST /AUTHZ/Tokens/renew: is for anonymous, ours says tenant-member']);
});

test('compares a schema that only its name leads to', () => {
  const vendor: Loose = {
    servers: [{ url: '/MSG' }],
    paths: {},
    components: { schemas: { Profile: { type: 'object' } } },
  };
  const own: Loose = {
    paths: {},
    components: { schemas: { UserProfile: { type: 'array', 'x-hubex-vendor-schema': 'Profile' } } },
  };
  expect(problemsOf(vendor, own)).toEqual(['schema UserProfile: type object, ours array']);
});
