import { type OperationDefinition, operations } from '@hubex-kit/contract/operations';
import { readInt32 } from './scalars.ts';

/** Where a request goes: an operation, or why none is found (B002-B006). */
export type Route =
  | { readonly kind: 'operation'; readonly definition: OperationDefinition; readonly path: PathValues }
  | { readonly kind: 'wrong-method'; readonly allowed: readonly string[] }
  | { readonly kind: 'unknown' };

/** Path parameters by name. */
export type PathValues = Readonly<Record<string, number | string>>;

type Segment = { readonly text: string } | { readonly name: string; readonly isInt32: boolean };

const templates = Object.values<OperationDefinition>(operations).map((definition) => ({
  definition,
  segments: definition.path
    .split('/')
    .slice(1)
    .map((text): Segment => {
      const name = /^\{(.+)\}$/.exec(text)?.[1];
      if (name === undefined) return { text: text.toLowerCase() };
      return {
        name,
        isInt32: definition.pathParameters.some((parameter) => parameter.name === name && parameter.type === 'int32'),
      };
    }),
}));

/** Paths that were found and hold no parameter: the same few are asked for again and again. */
const literal: Map<string, Route> = new Map();

/** Finds the operation for a method and a path below the base; case and a trailing slash do not matter. */
export function findRoute(method: string, path: string): Route {
  const key = `${method} ${path}`;
  const known = literal.get(key);
  if (known) return known;
  const route = search(method, path);
  // Spelt as the spec does, or callers could make the map grow.
  if (route.kind === 'operation' && route.definition.path === path) literal.set(key, route);
  return route;
}

function search(method: string, path: string): Route {
  const parts = decode(path.replace(/^\/+|\/+$/g, '').split('/'));
  const allowed: string[] = [];
  for (const { definition, segments } of parts ? templates : []) {
    const values = parts && match(segments, parts);
    if (!values) continue;
    if (definition.method === method) return { kind: 'operation', definition, path: values };
    allowed.push(definition.method);
  }
  return allowed.length > 0 ? { kind: 'wrong-method', allowed } : { kind: 'unknown' };
}

function match(segments: readonly Segment[], parts: readonly string[]): PathValues | undefined {
  if (segments.length !== parts.length) return undefined;
  const values: Record<string, number | string> = {};
  for (const [index, segment] of segments.entries()) {
    const part = parts[index] ?? '';
    if ('text' in segment) {
      if (segment.text !== part.toLowerCase()) return undefined;
    } else {
      const value = segment.isInt32 ? readInt32(part) : part;
      if (value === undefined || value === '') return undefined;
      values[segment.name] = value;
    }
  }
  return values;
}

/** A path that is not valid percent-encoding matches nothing. */
function decode(parts: readonly string[]): readonly string[] | undefined {
  try {
    return parts.map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
