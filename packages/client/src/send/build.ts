import { noSuch } from '../check.ts';
import { callError, type HubexError } from '../error.ts';
import type { Settings } from '../settings.ts';
import type { Outgoing } from './outgoing.ts';
import type { Operation } from './route.ts';
import type { LooseInput } from './typed.ts';

/** Fills in path, query, headers and body; refuses parameters the operation does not have, because HubEx would silently ignore them (B081). */
export function buildRequest(
  operation: Operation,
  {
    input,
    settings,
    signal,
  }: { readonly input: LooseInput; readonly settings: Settings; readonly signal: AbortSignal },
): Outgoing {
  const { id, method, marks } = operation;
  const { body, timeoutMs = settings.timeoutMs, priority } = input;
  const refuse = (field: string, message: string): HubexError => callError('hubex/bad-option', id, { message, field });
  const segment = (_: string, name: string): string => {
    const value = input.path?.[name];
    const text = typeof value === 'string' || Number.isSafeInteger(value) ? String(value) : '';
    // A URL resolves . and .. away, so the request would go to another, larger thing.
    if (!/[^.]|\.{3}/.test(text))
      throw refuse(name, `${name} must be a whole number or a text, not . or ..; it was ${JSON.stringify(value)}.`);
    return encodeURIComponent(text);
  };
  const url = settings.baseUrl + operation.path.replace(/\{(\w+)\}/g, segment);
  const headers = new Headers({ Accept: 'application/json', 'X-Application-ID': `${settings.applicationId}` });
  if (settings.acceptLanguage) headers.set('Accept-Language', settings.acceptLanguage);
  const isJson = !marks.includes('!') && body !== undefined;
  if (isJson) headers.set('Content-Type', 'application/json');
  for (const [name, value] of Object.entries(input.headers ?? {})) {
    try {
      headers.set(name, value);
    } catch {
      // The runtime's own error prints the value, which may be a secret.
      throw refuse('headers', `HTTP does not allow the header ${name}.`);
    }
  }
  return {
    ...{ id, method, headers, signal, timeoutMs, priority },
    url: url + queryText(operation, { query: input.query ?? {}, refuse }),
    // Where the operation takes no JSON the caller's types allow only what fetch takes.
    body: isJson ? JSON.stringify(body) : (body as Outgoing['body']),
    // Asking for a token twice does no harm, unless with a refresh token: that dies when it is used (B038).
    isHarmless:
      headers.has('X-Concurrency-Stamp') || (marks.includes('~') && Object.hasOwn(body ?? {}, 'serviceToken')),
  };
}

function queryText(
  { query: known }: Operation,
  { query, refuse }: { readonly query: object; readonly refuse: (field: string, problem: string) => HubexError },
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (!known.includes(name)) throw refuse(name, noSuch('query parameter', { name, known }));
    if (value != null) search.append(name, `${value}`);
  }
  const text = search.toString();
  return text && `?${text}`;
}
