import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDateTime } from './check.ts';
import * as validators from './validators.ts';

const spec = JSON.parse(readFileSync(join(import.meta.dirname, '../../../openapi/dist/openapi.json'), 'utf8'));

const ajv = new Ajv2020({ strict: false, validateSchema: false });
ajv.addFormat('int32', {
  type: 'number',
  validate: (value: number) => Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31,
});
ajv.addFormat('int64', true);
ajv.addFormat('date-span', true);
// Deliberately laxer than the standard: HubEx sends and takes times without a zone.
ajv.addFormat('date-time', (value: string) => isDateTime(value));
ajv.addSchema(spec, 'spec');

const checked = Object.entries(validators).flatMap(([name, validate]) =>
  name.startsWith('validate') && typeof validate === 'function'
    ? [{ schema: name.slice('validate'.length), validate }]
    : [],
);

/** Values that sit on the borders the schemas draw. */
const value = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    true,
    0,
    -0,
    1,
    1.5,
    40,
    41,
    42,
    43,
    44,
    255,
    256,
    -1,
    2_147_483_647,
    2_147_483_648,
    -2_147_483_648,
    -2_147_483_649,
    Number.MAX_SAFE_INTEGER,
  ),
  fc.constantFrom<unknown>(
    '',
    'a',
    'name_1',
    'a/b',
    'я'.repeat(64),
    'я'.repeat(65),
    'x'.repeat(32),
    'x'.repeat(33),
    'x'.repeat(128),
    'x'.repeat(129),
    '😀'.repeat(64),
  ),
  fc.constantFrom<unknown>('2026-03-02T08:15:40Z', '2026-03-02T08:15:40', '2026-03-02', '2026-13-02T08:15:40', 'soon'),
  fc.constantFrom<unknown>([], [1, 2], [1, '2'], [2 ** 31], {}, { x: 1 }, { x: '1' }),
  fc.string(),
  fc.integer(),
);

describe.each(checked)('validate$schema', ({ schema, validate }) => {
  const reference = ajv.getSchema(`spec#/components/schemas/${schema}`);
  const names = Object.keys(spec.components.schemas[schema].properties);
  const required: readonly string[] = spec.components.schemas[schema].required ?? [];

  test('comes to the same verdict as ajv', () => {
    expect(reference).toBeDefined();
    const record = fc.dictionary(fc.constantFrom(...names, 'unknown'), value, { maxKeys: 4 });
    const whole = record.chain((some) =>
      value.map((filler) => ({ ...Object.fromEntries(required.map((name) => [name, filler])), ...some })),
    );
    fc.assert(
      fc.property(fc.oneof(record, whole, value), (candidate) => {
        // JSON has no undefined: the two agree about what can arrive.
        const arrived: unknown = candidate === undefined ? null : JSON.parse(JSON.stringify(candidate));
        expect(validate(arrived).ok, JSON.stringify(arrived)).toBe(reference?.(arrived));
      }),
      { numRuns: 500 },
    );
  });

  test('accepts the example of its kind with a field nobody knows', () => {
    const sample = Object.fromEntries(
      required.map((name) => [name, sampleOf(spec.components.schemas[schema].properties[name])]),
    );
    expect(validate({ ...sample, fieldOfTomorrow: { any: 'thing' } })).toMatchObject({ ok: true });
  });
});

function sampleOf(node: { type?: string | string[]; const?: unknown }): unknown {
  if (node.const !== undefined) return node.const;
  const type = [node.type].flat()[0];
  return type === 'integer' ? 1 : type === 'array' ? [1] : 'text';
}

test('says where, what was expected and what was found, and never the value', () => {
  const result = validators.validateVariableAdd({ name: 'x'.repeat(40), value: 7 });
  expect(result).toMatchObject({
    ok: false,
    issues: [
      { path: ['name'], code: 'invalid', expected: expect.stringContaining('1 to 32') },
      {
        path: ['value'],
        code: 'invalid',
        message: expect.stringMatching(/value: expected a string .*, found a number\./),
      },
    ],
  });
  expect(JSON.stringify(result)).not.toContain('xxxx');
});

test('tells a missing field from a wrong one', () => {
  const result = validators.validateDelivery({ EventID: 40 });
  expect(result).toMatchObject({ ok: false, issues: [{ path: ['TenantID'], code: 'required' }] });
});

test('stands behind the Standard Schema interface', () => {
  const standard = validators.deliverySchema['~standard'];
  expect([standard.version, standard.vendor]).toEqual([1, 'hubex-kit']);
  const delivery = { TenantID: 105, EventID: 40, AssetID: 1 };
  expect(standard.validate(delivery)).toEqual({ value: delivery });
  expect(standard.validate({})).toMatchObject({ issues: [{ path: ['TenantID'] }] });
});
