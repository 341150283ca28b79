import type { Variable } from '../domain/tenant.ts';
import type { Switches } from '../generated/switches.ts';

/** The address to call: ${key} replaced by the tenant's variables at call time (B124-B126). */
export function fillPlaceholders(
  uri: string,
  context: {
    variables: ReadonlyMap<string, Variable>;
    switches: Pick<Switches, 'placeholderUnknown' | 'placeholderEncoding'>;
  },
): string {
  if (!uri.includes('${')) return uri;
  return uri.replaceAll(/\$\{([^}]*)\}/g, (placeholder, name: string) => {
    const value = context.variables.get(name)?.value;
    if (value === undefined) return context.switches.placeholderUnknown === 'kept' ? placeholder : '';
    return context.switches.placeholderEncoding === 'percent' ? encodeURIComponent(value) : value;
  });
}

/** A webhook's uri fit for logs: query values and long path segments may be secrets and become ***; placeholders stay readable. */
export function redactUri(uri: string): string {
  // Of thousands of calls in a row most go to the same address.
  if (uri !== latest.uri) latest = { uri, shown: redact(uri) };
  return latest.shown;
}

let latest = { uri: '', shown: '' };

function redact(uri: string): string {
  const [beforeHash = ''] = uri.split('#');
  const [path = '', query] = beforeHash.split(/\?(.*)/s);
  const hidePassword = path.replace(/\/\/[^/@]*@/, '//***@');
  const shown = hidePassword.replaceAll(/\/([^/${}]{16,})(?=\/|$)/g, (segment, text: string) =>
    text.includes('.') || text.includes(':') ? segment : '/***',
  );
  if (query === undefined) return shown;
  return `${shown}?${query.replaceAll(/=(?!\$\{)[^&]+/g, '=***')}`;
}
