/** Where access tokens come from. */
export interface TokenSource {
  /** A token that is good now. Called before each request: keep it cheap. */
  get(): Promise<string>;
  /** HubEx answered 401 to this token. True if `get` can come up with another one. */
  refused(token: string): boolean;
}

/** A token that is what it is. */
export function fixedToken(accessToken: string): TokenSource {
  return { get: () => Promise.resolve(accessToken), refused: () => false };
}

/** What a token request brought. */
export interface IssuedToken {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** Milliseconds before its end at which a token is replaced: HubEx and we may disagree about the time. */
const early = 60_000;

/** Fetches a token on first use and again shortly before it ends; callers who ask meanwhile share one request. */
export function renewingToken(issue: () => Promise<IssuedToken>, now: () => number): TokenSource {
  let current: IssuedToken | undefined;
  let flight: Promise<IssuedToken> | undefined;
  return {
    async get() {
      if (current && now() < current.expires - early) return current.token;
      flight ??= issue().finally(() => {
        flight = undefined;
      });
      current = await flight;
      return current.token;
    },
    refused(token) {
      if (current?.token === token) current = undefined;
      return true;
    },
  };
}
