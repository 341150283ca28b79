import { callError, isHubexError } from '../error.ts';
import type { IssuedToken } from './exchange.ts';

/** Where access tokens come from. */
export interface TokenSource {
  /** A token that is good now. Called before each request: keep it cheap. */
  get(): Promise<string>;
  /** HubEx answered 401 to this token. True if `get` can come up with another one. */
  refused(token: string): boolean;
}

/** A token that is what it is. */
export function fixedToken(accessToken: string): TokenSource {
  return { get: async () => accessToken, refused: () => false };
}

/** Milliseconds before its end at which a token is replaced: HubEx and we may disagree about the time. */
const early = 60_000;

/** Fetches a token on first use and again shortly before it ends; callers who ask meanwhile share one request. */
export function renewingToken(issue: () => Promise<IssuedToken>, now: () => number): TokenSource {
  let current: IssuedToken | undefined;
  let flight: Promise<IssuedToken> | undefined;
  const fly = async (): Promise<IssuedToken> => {
    try {
      current = await issue();
      return current;
    } finally {
      flight = undefined;
    }
  };
  return {
    async get() {
      if (current && now() < current.expires - early) return current.token;
      flight ??= fly();
      return (await flight).token;
    },
    refused(token) {
      if (current?.token === token) current = undefined;
      return true;
    },
  };
}

/** Whether a text can be a token: a header takes only visible ASCII. */
export function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^[!-~]+$/.test(value);
}

/** The token of a source, checked before anything could print it. */
export async function checkedToken(source: TokenSource, operationId: string): Promise<string> {
  let token: unknown;
  try {
    token = await source.get();
  } catch (cause) {
    if (isHubexError(cause)) throw cause;
    // What a source of the user's throws may hold the token; only its kind is told.
    const kind = cause instanceof Error ? cause.name : typeof cause;
    throw callError('hubex/unauthorised', operationId, { message: `tokenSource failed (${kind}).` });
  }
  if (isToken(token)) return token;
  const field = 'tokenSource';
  throw callError('hubex/bad-option', operationId, { message: `the token of ${field} must be ${tokenRule}.`, field });
}

/** For messages. */
export const tokenRule = 'visible ASCII without spaces';
