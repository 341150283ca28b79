import type { AccessTokenRequest, AuthorizationResult } from '@hubex-kit/contract';
import { issueAccessToken } from '@hubex-kit/contract/routes';
import { callError } from '../error.ts';
import { buildRequest } from '../send/build.ts';
import type { Send } from '../send/outgoing.ts';
import { readRoute } from '../send/route.ts';
import type { Settings } from '../settings.ts';

/** What a token request brought. */
export interface IssuedToken {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
  /** The refresh token for the next time, where HubEx gave one. */
  readonly next: string | undefined;
}

/** Asks HubEx for an access token (B023, B037). */
export type Exchange = (body: AccessTokenRequest) => Promise<IssuedToken>;

/** Token requests go out like all others: limited, repeated where that does no harm, with a time limit of their own each. */
export function createExchange(settings: Settings, send: Send): Exchange {
  const operation = readRoute(issueAccessToken);
  return async (body) => {
    // Several callers wait for one token; none of them may end it for the others.
    const { signal } = new AbortController();
    const { data } = await send(buildRequest(operation, { input: { body }, settings, signal }));
    // The statuses that get here have this body by the spec; nothing but the tokens is relied on.
    const { access_token: token, refresh_token, jwtValidTill, expires_in } = (data ?? {}) as AuthorizationResult;
    const field = 'access_token';
    if (!token)
      throw callError('hubex/unexpected-reply', operation.id, { message: `HubEx answered without ${field}.`, field });
    // From jwtValidTill, else from expires_in, else half an hour (B021). A time without a zone is UTC.
    const till = Date.parse(`${jwtValidTill}`.replace(/T[\d:.]+$/, '$&Z'));
    return {
      token,
      expires: till || settings.clock.now() + (expires_in ?? 1800) * 1000,
      next: refresh_token ?? undefined,
    };
  };
}
