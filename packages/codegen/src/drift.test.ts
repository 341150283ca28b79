import { expect, test } from 'vitest';
import { findDrift } from './drift.ts';
import { generateAll } from './outputs.ts';
import { generateValidators } from './steps/validators.ts';

test('finds missing, stale and unexpected files', () => {
  const wanted = new Map([
    ['a.ts', '1'],
    ['b.ts', '2'],
    ['c.ts', '3'],
  ]);
  const present = new Map([
    ['a.ts', '1'],
    ['b.ts', 'edited'],
    ['old.ts', '0'],
  ]);
  expect(findDrift(wanted, present)).toEqual([
    { path: 'b.ts', problem: 'stale' },
    { path: 'c.ts', problem: 'missing' },
    { path: 'old.ts', problem: 'unexpected' },
  ]);
});

test('generates the same twice', async () => {
  expect(await generateAll()).toEqual(await generateAll());
});

test('stops at a keyword that no check enforces instead of ignoring it', () => {
  const schema = { type: 'object', properties: { count: { type: 'integer', multipleOf: 5 } } };
  const document = { components: { schemas: { Crate: schema } } } as never; // as much of a document as the generator looks at
  expect(() => generateValidators(document, ['Crate'])).toThrow(/Crate\.count: the keyword multipleOf has no check/);
});
