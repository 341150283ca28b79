import { nearest } from '@hubex-kit/contract/nearest';
import { type OperationId, operations } from '@hubex-kit/contract/operations';
import { HubexError } from '../error.ts';
import type { Settings } from '../options.ts';
import type { LooseInput } from './typed.ts';

/** A request ready to be sent, still without a token. */
export interface BuiltRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: RequestInit['body'] | undefined;
}

const paging = ['offset', 'fetch'];

/** Fills in path, query, headers and body; refuses parameters the operation does not have, because HubEx would ignore them (B081). */
export function buildRequest(id: OperationId, context: { input: LooseInput; settings: Settings }): BuiltRequest {
  const { input, settings } = context;
  const { path, method, query, body: definition } = operations[id];
  const url = `${settings.baseUrl}${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => segment(id, { name, value: input.path?.[name] }))}`;
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (!paging.includes(name) && !query.some((parameter) => parameter.name === name)) {
      const known = query.map((parameter) => parameter.name);
      const hint =
        known.length > 0 ? `Did you mean ${nearest(name, known)}? Known: ${known.join(', ')}` : 'It has none';
      throw bad(id, {
        field: name,
        problem: `has no query parameter ${name}; HubEx would silently ignore it. ${hint}`,
      });
    }
    if (value !== undefined && value !== null) search.append(name, String(value));
  }
  const headers = new Headers({ Accept: 'application/json', 'X-Application-ID': String(settings.applicationId) });
  if (settings.acceptLanguage) headers.set('Accept-Language', settings.acceptLanguage);
  const isJson = definition?.media === 'json' && input.body !== undefined;
  if (isJson) headers.set('Content-Type', 'application/json');
  for (const [name, value] of Object.entries(input.headers ?? {})) {
    try {
      headers.set(name, value);
    } catch {
      // The runtime's own error prints the value, which may be a secret.
      throw bad(id, {
        field: 'headers',
        problem: `was given a header ${/^[\w-]+$/.test(name) ? name : 'name'} that HTTP does not allow`,
      });
    }
  }
  const text = search.toString();
  return {
    url: text ? `${url}?${text}` : url,
    method,
    headers,
    // Where the operation takes no JSON the caller's types allow only what fetch takes.
    body: isJson ? JSON.stringify(input.body) : (input.body as RequestInit['body'] | undefined),
  };
}

function segment(id: OperationId, parameter: { name: string; value: unknown }): string {
  const { name, value } = parameter;
  const text = typeof value === 'string' || Number.isSafeInteger(value) ? String(value) : '';
  // A URL resolves . and .. away, so the request would go to another, larger thing.
  if (text === '' || text === '.' || text === '..')
    throw bad(id, {
      field: name,
      problem: `needs the path parameter ${name} as a whole number or a text that is not empty, . or ..; it was ${JSON.stringify(value) ?? 'left out'}`,
    });
  return encodeURIComponent(text);
}

function bad(operationId: OperationId, what: { field: string; problem: string }): HubexError {
  return new HubexError('hubex/bad-option', `${operationId} ${what.problem}.`, { operationId, field: what.field });
}
