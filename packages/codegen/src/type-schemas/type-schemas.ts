import ts from 'typescript';
import type { Schema } from '../document.ts';
import { docOf, type Format, formatOf } from './doc-comment.ts';
import { nameOf, propertiesOf, textsByField } from './shape-of-type.ts';
import { nullable, scalarSchema } from './value-schemas.ts';

interface Place {
  /** For messages: `Advanced.now`. */
  readonly where: string;
  /** What the doc comment says about a text or a number. */
  readonly format?: Format | undefined;
  /** The definition whose type this is. */
  readonly name?: string | undefined;
}

/**
 * JSON Schemas (2020-12) of types, as their values look in JSON. Named types become definitions and are referred to; the members of a named
 * union that differ in one field are named after it, so that code made from it has readable names. Numbers are whole. Objects
 * are open: a later version may have more. A type that JSON cannot hold, or that nothing is known about, stops it.
 */
export class TypeSchemas {
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;
  readonly #base: string;
  readonly #types: Map<string, ts.Type> = new Map();
  readonly #schemas: Map<string, Schema> = new Map();

  /** `base` is where the definitions will be: `#/components/schemas/`. */
  constructor(program: ts.Program, base: string) {
    this.#program = program;
    this.#checker = program.getTypeChecker();
    this.#base = base;
  }

  /** Every definition met so far, by name. */
  get definitions(): Readonly<Record<string, Schema>> {
    return Object.fromEntries([...this.#schemas].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The schema of a type; a reference if it has a name. */
  of(type: ts.Type, place: Place): Schema {
    const name = nameOf(type, this.#program);
    return name === undefined ? this.#inline(type, place) : this.#define(name, type);
  }

  #define(name: string, type: ts.Type): Schema {
    const known = this.#types.get(name);
    if (known === undefined) {
      this.#types.set(name, type);
      const doc = docOf(type.aliasSymbol ?? type.symbol, this.#checker);
      this.#schemas.set(name, { ...doc, ...this.#inline(type, { where: name, name }) });
    } else if (known !== type) throw new Error(`Two types are called ${name}; rename one of them.`);
    return { $ref: `${this.#base}${name}` };
  }

  #inline(type: ts.Type, place: Place): Schema {
    const scalar = scalarSchema(type, place);
    if (scalar) return scalar;
    if (type.isUnion()) return this.#union(type, place);
    if (place.format !== undefined) throw new Error(`${place.where}: @format is for texts and numbers.`);
    if (this.#checker.isArrayType(type)) return this.#list(type, place);
    const isObject = (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0;
    if (isObject && type.getCallSignatures().length === 0) return this.#object(type, place.where);
    throw new Error(`${place.where}: JSON has no ${this.#checker.typeToString(type)}.`);
  }

  #list(type: ts.Type, { where }: Place): Schema {
    const [item] = this.#checker.getTypeArguments(type as ts.TypeReference); // an array is one
    if (item === undefined || item.flags & ts.TypeFlags.Never) return { type: 'array', maxItems: 0 };
    return { type: 'array', items: this.of(item, { where: `${where}[]` }) };
  }

  #object(type: ts.Type, where: string): Schema {
    const properties: Record<string, Schema> = {};
    const required: string[] = [];
    for (const property of propertiesOf(type, this.#checker)) {
      const at = `${where}.${property.name}`;
      const format = formatOf(property, { checker: this.#checker, where: at });
      const of = this.#checker.getTypeOfSymbol(property);
      const schema = this.of(of, { where: at, format });
      properties[property.name] = { ...schema, ...docOf(property, this.#checker) };
      // JSON leaves out what is undefined.
      const mayBeMissing = property.flags & ts.SymbolFlags.Optional || (of.isUnion() && of.types.some(isUndefined));
      if (!mayBeMissing) required.push(property.name);
    }
    const rest = this.#checker.getIndexInfoOfType(type, ts.IndexKind.String);
    return {
      type: 'object',
      ...(Object.keys(properties).length > 0 && { properties }),
      ...(required.length > 0 && { required }),
      ...(rest && { additionalProperties: this.of(rest.type, { where: `${where}.*` }) }),
    };
  }

  #union(type: ts.UnionType, place: Place): Schema {
    const { types } = type;
    const hasNull = types.some(({ flags }) => flags & ts.TypeFlags.Null);
    // What is left keeps its name.
    if (hasNull || types.some(isUndefined)) {
      const schema = this.of(this.#checker.getNonNullableType(type), place);
      return hasNull ? nullable(schema) : schema;
    }
    const apart = textsByField(types, this.#checker);
    if (apart) return this.#choice(apart, place);
    const texts = types.flatMap((each) => (each.isStringLiteral() ? [each.value] : [])).sort();
    const isBoolean = types.filter(({ flags }) => flags & ts.TypeFlags.BooleanLiteral).length === 2;
    const others = types.filter(
      (each) => !each.isStringLiteral() && !(isBoolean && each.flags & ts.TypeFlags.BooleanLiteral),
    );
    const choices: readonly Schema[] = [
      ...(texts.length > 0 ? [{ type: 'string', enum: texts }] : []),
      ...(isBoolean ? [{ type: 'boolean' }] : []),
      ...others.map((each) => this.of(each, { where: place.where, format: place.format })).sort(byText),
    ];
    const [only] = choices;
    return only && choices.length === 1 ? only : { anyOf: choices };
  }

  /** Objects of which one field tells which it is. */
  #choice({ field, members }: NonNullable<ReturnType<typeof textsByField>>, { where, name }: Place): Schema {
    const named = members.map(({ text, type }) => {
      const own = nameOf(type, this.#program) ?? (name === undefined ? undefined : `${name}${capitalised(text)}`);
      return { text, schema: own === undefined ? this.#inline(type, { where }) : this.#define(own, type) };
    });
    const oneOf = named.map(({ schema }) => schema);
    if (oneOf.some(({ $ref }) => $ref === undefined)) return { oneOf };
    const mapping = Object.fromEntries(named.map(({ text, schema }) => [text, schema.$ref]));
    return { oneOf, discriminator: { propertyName: field, mapping } };
  }
}

/** The compiler's own order depends on the rest of the program. */
function byText(a: Schema, b: Schema): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

function isUndefined({ flags }: ts.Type): boolean {
  return (flags & ts.TypeFlags.Undefined) !== 0;
}

/** `rate-limited` → `RateLimited` */
function capitalised(text: string): string {
  return text.replaceAll(/(?:^|[^a-zA-Z0-9]+)([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
