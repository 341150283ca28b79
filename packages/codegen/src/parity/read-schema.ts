import type { Schema } from '../document.ts';

/** A reference inside a document. */
export type Ref = { readonly $ref: string };

/** Follows references to the thing itself. @throws for one that leads nowhere, or round in a circle. */
export function resolve<T extends object>(spec: object, node: T | Ref): T {
  let found: T | Ref = node;
  for (let step = 0; '$ref' in found && typeof found.$ref === 'string'; step += 1) {
    const target = step < 20 ? lookUp(spec, found.$ref) : undefined;
    if (target === undefined) throw new Error(`the reference ${found.$ref} leads nowhere`);
    found = target as T; // references lead to their kind in a valid document
  }
  return found as T; // a node without $ref is the thing itself
}

function lookUp(spec: object, ref: string): unknown {
  let target: unknown = spec;
  for (const part of ref.replace('#/', '').split('/')) {
    if (typeof target !== 'object' || target === null) return undefined;
    target = Object.entries(target).find(([key]) => key === part.replaceAll('~1', '/').replaceAll('~0', '~'))?.[1];
  }
  return target;
}

/** A schema with its references followed and `allOf` merged, and the references passed on the way. */
export interface Read {
  readonly schema: Schema;
  readonly refs: readonly string[];
}

/** Reads a schema so that two can be compared whatever they are called and however they are put together. */
export function readSchema(spec: object, node: Schema): Read {
  const refs = node.$ref ? [node.$ref] : [];
  const { allOf, ...own } = resolve<Schema>(spec, node as Schema);
  if (!Array.isArray(allOf)) return { schema: own, refs };
  return allOf.map((part: Schema) => readSchema(spec, part)).reduce(merge, { schema: own, refs });
}

function merge(one: Read, other: Read): Read {
  const required = [...(one.schema.required ?? []), ...(other.schema.required ?? [])];
  const properties = { ...other.schema.properties, ...one.schema.properties };
  const schema = { ...other.schema, ...one.schema, properties, required };
  return { schema, refs: [...one.refs, ...other.refs] };
}

/** The type but for null, and whether null is allowed: 3.0 says `nullable`, 3.1 adds null to the types. */
export function typeOf(schema: Schema): readonly [type: string, isNullable: boolean] {
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  return [String(types.find((type) => type !== 'null') ?? 'any'), schema.nullable === true || types.includes('null')];
}
