import type { Schema } from '../document.ts';
import type { Both, Kind } from './finding.ts';
import { readSchema, typeOf } from './read-schema.ts';
import { requiredProblems, schemaProblems } from './schema-problems.ts';

/** Two schemas that say what one value is. */
export interface Schemas extends Both {
  readonly theirs: Schema;
  readonly mine: Schema;
  readonly where: string;
  readonly kind: Kind;
  /** Replies are read, everything else is written. */
  readonly isReply: boolean;
  /** References on the way here, so that a schema that holds itself ends. */
  readonly seen?: readonly string[];
}

/** Compares two schemas and all that they hold by structure, whatever they are called. */
export function compareSchemas(context: Schemas): void {
  const { where, kind, isReply, vendor, ours, note, seen = [] } = context;
  const { schema: theirs, refs } = readSchema(vendor, context.theirs);
  if (refs.some((ref) => seen.includes(ref))) return;
  const mine = alternative(theirs, { mine: readSchema(ours, context.mine).schema, ours });
  const [single, own] = [typeOf(theirs)[0] === 'object', typeOf(mine)[0] === 'array'];
  // Where the vendor shows one object and ours is an array of them, the difference is told once and the fields are still compared.
  const fields = single && own && mine.items ? readSchema(ours, mine.items).schema : mine;
  note(kind, where, [
    ...schemaProblems({ theirs, mine, isReply }),
    ...requiredProblems({ theirs, mine: fields, isReply }),
  ]);

  const inside = { ...context, kind: kind === 'parameter' ? kind : ('field' as const), seen: [...seen, ...refs] };
  const deeper = (step: string, child: Schema, same: Schema | undefined): void => {
    if (same) compareSchemas({ ...inside, theirs: child, mine: same, where: `${where} ${step}` });
    else note(inside.kind, `${where} ${step}`, ['missing']);
  };
  for (const [name, field] of Object.entries(theirs.properties ?? {}))
    deeper(`.${name}`, field, fields.properties?.[name]);
  // Arrays and maps hold the same thing in two containers.
  if (theirs.items) deeper('[]', theirs.items, mine.items ?? valuesOf(mine));
  const values = valuesOf(theirs);
  if (values) deeper('{}', values, valuesOf(mine) ?? mine.items);
}

function valuesOf({ additionalProperties }: Schema): Schema | undefined {
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

/** Where ours allows several bodies, the one of the vendor's type counts. */
function alternative(theirs: Schema, { mine, ours }: { mine: Schema; ours: object }): Schema {
  if (!Array.isArray(mine.oneOf)) return mine;
  const options = mine.oneOf.map((option: Schema) => readSchema(ours, option).schema);
  return options.find((option) => typeOf(option)[0] === typeOf(theirs)[0]) ?? mine;
}
