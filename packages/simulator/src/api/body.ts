import type { OperationDefinition } from '@hubex-kit/contract/operations';
import { bodyFields } from '@hubex-kit/contract/validators';
import { done, type Refusal, type Result, refused } from '../domain/refusal.ts';
import { validateBody } from './body-validators.ts';

/** Bytes a body may have (B018). */
export const largestBody = 1_048_576;

/** What became of a body: read, refused with reasons, or not even looked at. */
export type ReadBody = Result<unknown> | { readonly ok: 'too-large' } | { readonly ok: 'wrong-type' };

type Warn = (behaviour: string, text: string) => void;

/** Decodes, parses, renames and checks a JSON body (B012, B018, B019, B072, B073, B078-B080). */
export function readBody(
  definition: OperationDefinition,
  context: { bytes: Uint8Array | undefined; contentType: string | undefined; warn: Warn },
): ReadBody {
  const { body } = definition;
  const { bytes, contentType, warn } = context;
  if (body?.media !== 'json') return done(undefined);
  if (bytes && bytes.byteLength > largestBody) return { ok: 'too-large' };
  const text = bytes ? new TextDecoder().decode(bytes).trim() : '';
  if (text === '' || text === 'null') return body.required ? refused({ kind: 'no-body' }) : done(undefined);
  if (!isJson(contentType)) return { ok: 'wrong-type' };
  const parsed = parse(text);
  if (!parsed.ok) return parsed;
  const value =
    body.array && Array.isArray(parsed.value)
      ? parsed.value.map((item) => rename(item, { schema: body.schema, warn }))
      : rename(parsed.value, { schema: body.schema, warn });
  const issues = validateBody(body, value);
  if (issues.length === 0) return done(value);
  return refused(
    ...issues.map(({ path, code, expected }): Refusal => {
      const field = path.reduce<string>(
        (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${key}` : key),
        '',
      );
      return code === 'required'
        ? { kind: 'missing', field }
        : { kind: 'invalid', field: field || 'body', problem: expected };
    }),
  );
}

function isJson(contentType: string | undefined): boolean {
  const media = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  return (
    media === 'text/json' || /^application\/([\w.-]+\+)?json$/.test(media) || media === 'application/json-patch+json'
  );
}

function parse(text: string): Result<unknown> {
  try {
    return done(JSON.parse(text));
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'valid JSON';
    return refused({ kind: 'malformed', field: 'body', problem: `valid JSON (${problem})` });
  }
}

/** Gives known properties the names of the spec, whatever their case, and drops unknown ones (B072, B073). */
function rename(value: unknown, context: { schema: string; warn: Warn }): unknown {
  const fields = bodyFields[context.schema];
  if (!fields || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const renamed: Record<string, unknown> = {};
  for (const [given, item] of Object.entries(value)) {
    const name =
      given in fields ? given : Object.keys(fields).find((known) => known.toLowerCase() === given.toLowerCase());
    if (name === undefined) {
      context.warn('B073', `the property ${given} is unknown here and was ignored`);
      continue;
    }
    const nested = fields[name];
    renamed[name] = nested ? rename(item, { schema: nested, warn: context.warn }) : item;
  }
  return renamed;
}
