import { expect, test } from 'vitest';
import type { Schema } from '../document.ts';
import { compareSchemas } from './compare-schemas.ts';
import type { Spec } from './finding.ts';

function problems(both: {
  theirs: Schema;
  mine: Schema;
  isReply?: boolean;
  components?: Readonly<Record<string, Schema>>;
}): readonly string[] {
  const found: string[] = [];
  const spec: Spec = { paths: {}, components: { schemas: both.components ?? {} } };
  compareSchemas({
    ...{ theirs: both.theirs, mine: both.mine, where: 'x', kind: 'field', isReply: both.isReply ?? false },
    ...{
      vendor: spec,
      ours: spec,
      note: (_, where, list = []) => found.push(...list.map((each) => `${where}: ${each}`)),
    },
  });
  return found;
}

const id: Schema = { type: 'integer', format: 'int32' };

test('takes nullable and a null type for the same', () => {
  expect(problems({ theirs: { type: 'string', nullable: true }, mine: { type: ['string', 'null'] } })).toEqual([]);
});

test('compares what an array and a map hold although the containers differ', () => {
  const theirs = { type: 'array', items: { type: 'object', properties: { id } } };
  const mine = { type: 'object', additionalProperties: { type: 'object', properties: { id: { type: 'string' } } } };
  expect(problems({ theirs, mine })).toEqual([
    'x: type array, ours object',
    'x [] .id: type integer, ours string',
    'x [] .id: format "int32", ours none',
  ]);
});

test('compares the fields of one object with those of an array of them', () => {
  const theirs = { type: 'object', properties: { id, token: { type: 'string' } } };
  const mine = { type: 'array', items: { type: 'object', properties: { id } } };
  expect(problems({ theirs, mine })).toEqual(['x: type object, ours array', 'x .token: missing']);
});

test('tells a reply field that cannot be null from an object that may be absent', () => {
  const components = { Company: { type: 'object' } };
  const properties = { id, company: { $ref: '#/components/schemas/Company' } };
  const both = {
    theirs: { type: 'object', properties },
    mine: { type: 'object', properties, required: ['id', 'company'] },
  };
  expect(problems({ ...both, components, isReply: true })).toEqual([
    'x: id cannot be null there and is required here',
    'x: company is optional, ours required',
  ]);
});

test('puts allOf together before it compares', () => {
  const components = { Base: { type: 'object', properties: { id }, required: ['id'] } };
  const theirs = {
    allOf: [{ $ref: '#/components/schemas/Base' }, { type: 'object', properties: { name: { type: 'string' } } }],
  };
  expect(problems({ theirs, mine: { type: 'object', properties: { id } }, components })).toEqual([
    'x: id is required, ours optional',
    'x .name: missing',
  ]);
});

test('does not pass over what it cannot compare', () => {
  expect(problems({ theirs: { oneOf: [id] }, mine: id })).toContain('x: says oneOf, which parity does not read');
});

test('ends in schemas that hold themselves', () => {
  const components = {
    Tree: { type: 'object', properties: { parent: { allOf: [{ $ref: '#/components/schemas/Tree' }] } } },
  };
  const tree = { $ref: '#/components/schemas/Tree' };
  expect(problems({ theirs: tree, mine: tree, components })).toEqual([]);
});

test('names a reference that leads nowhere', () => {
  expect(() => problems({ theirs: { $ref: '#/components/schemas/Gone' }, mine: id })).toThrow(
    'the reference #/components/schemas/Gone leads nowhere',
  );
});
