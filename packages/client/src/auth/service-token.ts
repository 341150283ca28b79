import type { AuthorizationResult } from '@hubex-kit/contract';
import { HubexError } from '../error.ts';
import type { Settings } from '../options.ts';
import { buildRequest } from '../send/build.ts';
import { repeat } from '../send/repeat.ts';
import type { IssuedToken } from './token-source.ts';

/** Asks for an access token with a service token (B023). */
export async function issueFrom(serviceToken: string, settings: Settings): Promise<IssuedToken> {
  const operationId = 'issueAccessToken';
  const request = buildRequest(operationId, { input: { body: { serviceToken } }, settings });
  // Asking for a token twice does no harm.
  const { data } = await repeat(request, { settings, operationId, isHarmless: true });
  // The statuses that get here have this body by the spec; nothing but access_token is relied on.
  const reply = (data ?? {}) as AuthorizationResult;
  const token = reply.access_token;
  if (!token) {
    throw new HubexError('hubex/unexpected-reply', 'HubEx answered the token request without an access_token.', {
      operationId,
    });
  }
  return { token, expires: expiry(reply, settings.clock.now()) };
}

/** From jwtValidTill, else from expires_in, else half an hour (B021). A time without a zone is UTC. */
function expiry({ jwtValidTill, expires_in }: AuthorizationResult, now: number): number {
  const till = jwtValidTill
    ? Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(jwtValidTill) ? jwtValidTill : `${jwtValidTill}Z`)
    : Number.NaN;
  return Number.isNaN(till) ? now + (expires_in ?? 1800) * 1000 : till;
}
