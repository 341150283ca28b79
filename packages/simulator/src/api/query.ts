import type { OperationDefinition } from '@hubex-kit/contract/operations';
import type { Refusal } from '../domain/refusal.ts';
import { done, type Result, refused } from '../domain/refusal.ts';
import { readBoolean, readDateTime, readInt32 } from './scalars.ts';

type QueryValue = string | number | boolean;

/** Ranges are read elsewhere: a bad offset is ignored, a bad filter is not. */
const paging = new Set(['offset', 'fetch']);

const nothing = new URLSearchParams();

/** The query string split up; most calls have none. */
export function readSearch(query: string): URLSearchParams {
  return query === '' ? nothing : new URLSearchParams(query);
}

/** The parameters of a query by their names in the spec, any case (B081, B082); an empty value counts as absent. */
export function readQuery(
  definition: OperationDefinition,
  context: { query: URLSearchParams; warn: (behaviour: string, text: string) => void },
): Result<Readonly<Record<string, QueryValue>>> {
  const values: Record<string, QueryValue> = {};
  if (context.query.size === 0) return done(values);
  const refusals: Refusal[] = [];
  for (const [given, text] of context.query) {
    const parameter = definition.query.find(({ name }) => name.toLowerCase() === given.toLowerCase());
    if (!parameter) {
      if (!(definition.ranged && paging.has(given.toLowerCase()))) {
        context.warn('B081', `the query parameter ${given} is unknown here and was ignored`);
      }
      continue;
    }
    if (text === '' || paging.has(parameter.name)) continue;
    const value = readValue(parameter.type, text);
    if (value === undefined)
      refusals.push({ kind: 'invalid', field: parameter.name, problem: `a value of type ${parameter.type}` });
    else values[parameter.name] = value;
  }
  return refusals.length > 0 ? refused(...refusals) : done(values);
}

function readValue(type: string, text: string): QueryValue | undefined {
  switch (type) {
    case 'boolean':
      return readBoolean(text);
    case 'int32':
      return readInt32(text);
    case 'date-time':
      return readDateTime(text);
    default:
      return text;
  }
}
