import type { AccessTokenRequest, AuthorizationResult } from '@hubex-kit/contract';
import { HubexError } from '../error.ts';
import type { RefreshCredentials, Settings } from '../options.ts';
import { buildRequest } from '../send/build.ts';
import { repeat } from '../send/repeat.ts';
import type { IssuedToken } from './token-source.ts';

/** Asks for an access token with a service token (B023). */
export async function issueFrom(serviceToken: string, settings: Settings): Promise<IssuedToken> {
  // Asking twice does no harm.
  return (await exchange({ serviceToken }, { settings, isHarmless: true })).issued;
}

/** A chain of refresh tokens: each is dead once it was exchanged, and the reply brings the next (B037, B038). */
export function issueFromChain(
  { refreshToken, saveRefreshToken }: RefreshCredentials,
  settings: Settings,
): () => Promise<IssuedToken> {
  let refreshJwt = refreshToken;
  return async () => {
    // Never repeated on its own: HubEx may have taken the token although no answer came.
    const { issued, next } = await exchange({ refreshJwt }, { settings, isHarmless: false });
    if (next) {
      refreshJwt = next;
      try {
        await saveRefreshToken?.(next);
      } catch {
        // What it throws may hold the token.
        const message =
          'saveRefreshToken failed: the next refresh token is kept in memory only, and the one that is stored is dead. Repair the storage and call again.';
        throw new HubexError('hubex/bad-option', message, { field: 'saveRefreshToken' });
      }
    }
    return issued;
  };
}

async function exchange(
  body: AccessTokenRequest,
  { settings, isHarmless }: { readonly settings: Settings; readonly isHarmless: boolean },
): Promise<{ readonly issued: IssuedToken; readonly next: string | undefined }> {
  const operationId = 'issueAccessToken';
  const request = buildRequest(operationId, { input: { body }, settings });
  const { data } = await repeat(request, { settings, operationId, isHarmless });
  // The statuses that get here have this body by the spec; nothing but the tokens is relied on.
  const reply = (data ?? {}) as AuthorizationResult;
  const { access_token: token, refresh_token } = reply;
  if (!token) {
    const message = 'HubEx answered the token request without an access_token.';
    throw new HubexError('hubex/unexpected-reply', message, { operationId, field: 'access_token' });
  }
  return { issued: { token, expires: expiry(reply, settings.clock.now()) }, next: refresh_token ?? undefined };
}

/** From jwtValidTill, else from expires_in, else half an hour (B021). A time without a zone is UTC. */
function expiry({ jwtValidTill, expires_in }: AuthorizationResult, now: number): number {
  const till = jwtValidTill
    ? Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(jwtValidTill) ? jwtValidTill : `${jwtValidTill}Z`)
    : Number.NaN;
  return Number.isNaN(till) ? now + (expires_in ?? 1800) * 1000 : till;
}
