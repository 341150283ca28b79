/** Where an address keeps its secret. HubEx signs nothing: the address is the only place for one (B146). */
export interface SecretPlace {
  /** As the address has it, escapes included. */
  readonly raw: string;
  /** What it stands for. */
  readonly value: string;
  /** `query parameter key` or `path segment 2`. */
  readonly place: string;
  /** Path and query with something else in the secret's place; undefined: without that part. */
  readonly put: (other: string | undefined) => string;
}

/** Names that tell that their value is a secret, most telling first. */
const tellingNames = ['key', 'secret', 'token', 'apikey', 'api_key', 'access_token', 'signature', 'code'];
/** A path segment of this length or more is taken for a secret; ordinary names are shorter. */
const longSegment = 16;

/**
 * Finds the secret in path and query: the named parameter; else one with a telling name; else the only parameter if it is long; else the
 * longest segment of the path, if it has 16 characters or more; else the only parameter. Returns a text when the named parameter is not
 * there, undefined when there is no secret.
 */
export function findSecret(path: string, parameter?: string): SecretPlace | string | undefined {
  const [before = '', search] = path.split(/\?(.*)/s);
  const parts = search === undefined || search === '' ? [] : search.split('&');
  const names = parts.map((part) => decode(part.split('=', 1)[0] ?? ''));
  const inQuery = (index: number): SecretPlace | undefined => {
    const [name = '', raw = ''] = parts[index]?.split(/=(.*)/s) ?? [];
    if (raw === '') return undefined;
    const put = (other: string | undefined): string => {
      const rest = parts.flatMap((each, at) => (at !== index ? each : other === undefined ? [] : `${name}=${other}`));
      return rest.length === 0 ? before : `${before}?${rest.join('&')}`;
    };
    return { raw, value: decode(raw), place: `query parameter ${names[index]}`, put };
  };
  if (parameter !== undefined) {
    if (names.includes(parameter)) return inQuery(names.indexOf(parameter));
    return `The address has no parameter ${parameter}${names.length > 0 ? `; it has ${names.join(', ')}` : ''}.`;
  }
  const telling = tellingNames.map((name) => names.findIndex((each) => each.toLowerCase() === name));
  const named = telling.find((index) => index >= 0);
  if (named !== undefined) return inQuery(named);
  const only = parts.length === 1 ? inQuery(0) : undefined;
  return only && only.raw.length >= longSegment ? only : (inPath(before, search) ?? only);
}

function inPath(path: string, search: string | undefined): SecretPlace | undefined {
  const segments = path.split('/');
  const longest = segments.reduce((best, segment) => (segment.length > best.length ? segment : best), '');
  if (longest.length < longSegment) return undefined;
  const index = segments.indexOf(longest);
  const put = (other: string | undefined): string => {
    const rest = segments.flatMap((each, at) => (at !== index ? each : (other ?? [])));
    return `${rest.join('/') || '/'}${search === undefined ? '' : `?${search}`}`;
  };
  return { raw: longest, value: decode(longest), place: `path segment ${index}`, put };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
