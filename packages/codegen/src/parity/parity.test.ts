import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../root.ts';
import { compareSpecs, type Spec } from './compare.ts';
import { judge } from './deliberate.ts';

const ours: Spec = JSON.parse(readFileSync(join(root, 'openapi/dist/openapi.json'), 'utf8'));

/** Our own MSG operations as if they were the vendor's. */
function vendor(): Spec {
  const paths = Object.entries(ours.paths).filter(([path]) => path.startsWith('/MSG/'));
  const own = Object.fromEntries(paths.map(([path, item]) => [path.slice('/MSG'.length), item]));
  return structuredClone({
    servers: [{ url: 'https://api.example/fsm/MSG' }],
    paths: own,
    components: ours.components ?? {},
  });
}

function problems(mutate: (spec: ReturnType<typeof JSON.parse>) => void): readonly string[] {
  const changed = structuredClone(ours);
  mutate(changed);
  return compareSpecs(vendor(), changed)
    .filter(({ problem }) => problem !== '')
    .map(({ where, problem }) => `${where}: ${problem}`);
}

test('agrees with itself', () => {
  expect(problems(() => undefined)).toEqual([]);
});

test.each<[string, (spec: ReturnType<typeof JSON.parse>) => void, RegExp]>([
  ['a missing path', (spec) => delete spec.paths['/MSG/Webhooks/activate'], /^\/MSG\/Webhooks\/activate: missing/],
  ['a missing operation', (spec) => delete spec.paths['/MSG/Webhooks'].post, /POST \/MSG\/Webhooks: missing/],
  [
    'a missing parameter',
    (spec) => spec.paths['/MSG/Webhooks'].get.parameters.splice(0, 1),
    /header X-Application-ID: missing/,
  ],
  [
    'a missing status',
    (spec) => delete spec.paths['/MSG/Webhooks'].get.responses['206'],
    /GET \/MSG\/Webhooks 206: missing/,
  ],
  ['a missing field', (spec) => delete spec.components.schemas.WebhookDetails.properties.uri, /\.uri: missing/],
  [
    'another type',
    (spec) => (spec.components.schemas.WebhookDetails.properties.uri.type = ['integer', 'null']),
    /\.uri: type string, ours integer/,
  ],
  [
    'another nullability',
    (spec) => (spec.components.schemas.WebhookDetails.properties.uri.type = 'string'),
    /\.uri: nullable, ours not nullable/,
  ],
  [
    'another format',
    (spec) => (spec.components.schemas.WebhookMerge.properties.id.format = 'int64'),
    /\.id: format "int32", ours "int64"/,
  ],
  [
    'a stricter body',
    (spec) => (spec.components.schemas.WebhookMerge.required = ['name']),
    /name is optional, ours required/,
  ],
])('reports %s', (_, mutate, expected) => {
  expect(problems(mutate).join('\n')).toMatch(expected);
});

test('takes a listed difference and complains about entries that match nothing or cite no number', () => {
  const finding = { service: 'MSG', kind: 'field', where: 'GET /x .a', problem: 'missing' } as const;
  const entry = { where: ' \\.a$', problem: 'missing', behaviour: 'B001', reason: 'because' };
  const ledger = new Set(['B001']);
  expect(judge([finding], { deliberate: [entry], ledger })).toMatchObject({
    explained: [finding],
    unexplained: [],
    stale: [],
  });
  expect(judge([finding], { deliberate: [], ledger }).unexplained).toEqual([finding]);
  expect(judge([], { deliberate: [entry], ledger }).stale).toHaveLength(1);
  expect(judge([finding], { deliberate: [{ ...entry, behaviour: 'B999' }], ledger }).stale).toEqual([
    expect.stringContaining('B999'),
  ]);
});
