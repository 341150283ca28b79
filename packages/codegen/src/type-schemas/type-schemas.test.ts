import { expect, test } from 'vitest';
import type { Schema } from '../document.ts';
import { resultContent } from './result-content.ts';
import { schemaCode } from './schema-code.ts';
import { exportsOf, typeProgram } from './type-program.ts';
import { TypeSchemas } from './type-schemas.ts';

const entry = 'packages/codegen/src/type-schemas/virtual.ts';

/** The definitions that come of the exported types of some code, and what else is asked of them. */
function read(code: string) {
  const program = typeProgram({ entry, config: 'packages/contract/tsconfig.json', texts: new Map([[entry, code]]) });
  const checker = program.getTypeChecker();
  const schemas = new TypeSchemas(program, '#/');
  const types = exportsOf(program, entry).map(
    (symbol) => [symbol.name, checker.getDeclaredTypeOfSymbol(symbol)] as const,
  );
  return { checker, schemas, types };
}

function definitions(code: string): Readonly<Record<string, Schema>> {
  const { schemas, types } = read(code);
  for (const [name, type] of types) schemas.of(type, { where: name });
  return schemas.definitions;
}

const object = { type: 'object' };
const whole = { type: 'integer', format: 'int64' };

test('objects are open, and what may be missing is not required', () => {
  expect(
    definitions('export interface A { readonly a: number; b?: string; c: boolean | undefined; d: { e: string } }'),
  ).toEqual({
    A: {
      ...object,
      properties: {
        a: whole,
        b: { type: 'string' },
        c: { type: 'boolean' },
        d: { ...object, properties: { e: { type: 'string' } }, required: ['e'] },
      },
      required: ['a', 'd'],
    },
  });
});

test('doc comments become descriptions, and tell times and fractions', () => {
  const code = `/** One
   * thing. */
  export interface A {
    /**
     * When.
     * @format date-time
     */
    at: string;
    /** @format double */
    share: number | null;
  }`;
  expect(definitions(code).A).toEqual({
    ...{ ...object, description: 'One thing.', required: ['at', 'share'] },
    properties: {
      at: { type: 'string', format: 'date-time', description: 'When.' },
      share: { type: ['number', 'null'], format: 'double' },
    },
  });
});

test('named types are referred to by their names, also where they may be missing or null', () => {
  const code = `export type Kind = 'b' | 'a';
  interface B { x: unknown }
  export interface A { kind: Kind; may?: Kind; orNull: Kind | null; both?: B | null; list: readonly B[]; map: Readonly<Record<string, B>> }`;
  expect(definitions(code)).toEqual({
    Kind: { type: 'string', enum: ['a', 'b'] },
    B: { ...object, properties: { x: {} }, required: ['x'] },
    A: {
      ...object,
      properties: {
        kind: { $ref: '#/Kind' },
        may: { $ref: '#/Kind' },
        orNull: { anyOf: [{ $ref: '#/Kind' }, { type: 'null' }] },
        both: { anyOf: [{ $ref: '#/B' }, { type: 'null' }] },
        list: { type: 'array', items: { $ref: '#/B' } },
        map: { type: 'object', additionalProperties: { $ref: '#/B' } },
      },
      required: ['kind', 'orNull', 'list', 'map'],
    },
  });
});

test('what is inherited, left out or picked is written in place, in the order of the source', () => {
  const code = `interface Base { one: 1; two: 'x' | null; three: true }
  export interface A extends Omit<Base, 'one'> { four: Pick<Base, 'three' | 'one'> }
  export type B = Base & { five: boolean };`;
  const found = definitions(code);
  expect(Object.keys(Object(found.A?.properties))).toEqual(['two', 'three', 'four']);
  expect(found.A?.properties?.four).toEqual({
    ...{ ...object, required: ['one', 'three'] },
    properties: { one: { type: 'integer', const: 1 }, three: { type: 'boolean', const: true } },
  });
  expect(Object.keys(Object(found.B?.properties))).toEqual(['one', 'two', 'three', 'five']);
});

test('members of a named union that one field tells apart have names made of both', () => {
  const code = `interface Round { shape: 'round'; r: number }
  export type Shape = Round | { shape: 'no-shape' };
  export type Either = Round | { readonly n: null } | readonly string[] | number | boolean | 'x';`;
  const found = definitions(code);
  expect(Object.keys(found).sort()).toEqual(['Either', 'Round', 'Shape', 'ShapeNoShape']);
  expect(found.Shape).toEqual({
    oneOf: [{ $ref: '#/ShapeNoShape' }, { $ref: '#/Round' }],
    discriminator: { propertyName: 'shape', mapping: { 'no-shape': '#/ShapeNoShape', round: '#/Round' } },
  });
  expect(found.Either?.anyOf).toHaveLength(6);
});

test.each<[string, string, RegExp]>([
  ['a method', 'f(): void', /A\.f: JSON has no \(\) => void/],
  ['a type that is not there', 'x: Missing', /A\.x: the type is any/],
  ['what JSON cannot hold', 'x: readonly bigint[]', /A\.x\[\]: JSON has no bigint/],
  ['a tuple', 'x: [number, string]', /A\.x/],
  ['an unknown format', '/** @format email */ x: string', /A\.x: @format is date-time or double; it was email/],
  ['a text with a fraction', '/** @format double */ x: string', /A\.x: @format double is for numbers/],
  ['a number as a time', '/** @format date-time */ x: number', /A\.x: @format date-time is for texts/],
  ['a list with a format', '/** @format date-time */ x: string[]', /A\.x: @format is for texts and numbers/],
  ['a second type of one name', 'b: B; c: C.B', /Two types are called B; rename one of them/],
])('%s is refused', (_, field, message) => {
  const others = 'interface B { x: 1 }\ndeclare namespace C { interface B { y: 1 } }';
  expect(() => definitions(`export interface A {\n${field}\n}\n${others}`)).toThrow(message);
});

const results = `interface TextResult<ContentType extends string = string, Content = unknown> { contentType: ContentType; carries?: Content }
interface StreamResult<Message> { listen(listener: (message: Message) => void): void }
interface Page { page: number }
interface Line { line: number }
`;

function contentOf(type: string) {
  const { checker, schemas, types } = read(`${results}export type R = ${type};`);
  const [[, result] = []] = types;
  if (!result) throw new Error('no type');
  return resultContent(result, { name: 'control', checker, schemas });
}

test('texts and streams have media types of their own, and say what their items are', () => {
  expect(contentOf("Page | TextResult<'text/csv; header=present'> | TextResult<'application/x-ndjson', Line>")).toEqual(
    {
      'application/json': { schema: { $ref: '#/Page' } },
      'text/csv': { schema: { type: 'string' } },
      'application/x-ndjson': {
        schema: { type: 'string', description: expect.any(String) },
        'x-itemSchema': { $ref: '#/Line' },
      },
    },
  );
  expect(contentOf("Page | TextResult<'application/json; charset=utf-8', Line>")).toEqual({
    'application/json': { schema: { anyOf: [{ $ref: '#/Line' }, { $ref: '#/Page' }] } },
  });
  expect(contentOf('StreamResult<Line>')).toMatchObject({
    'text/event-stream': { 'x-itemSchema': { $ref: '#/Line' } },
  });
});

test('a text without a content type and a result without a name are refused', () => {
  expect(() => contentOf('TextResult')).toThrow(/control: its TextResult must name the content type/);
  expect(() => contentOf('Readonly<{ a: 1 }>')).toThrow(/control: its result has no name/);
});

test('a schema is written in words, and what they cannot say as JSON', () => {
  expect(schemaCode({ description: 'x', $ref: '#/components/schemas/A' })).toBe('about("x", ref("A"))');
  expect(schemaCode({ type: 'array', maxItems: 0 })).toBe('{"type":"array","maxItems":0}');
});
