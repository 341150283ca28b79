import type { Tenant } from '../../domain/tenant.ts';
import { lifetimes } from '../../domain/token-register.ts';
import type { Json } from '../outcome.ts';
import { zoneless } from '../time.ts';

/** An access token as TokenResult shows it (B021). */
export function accessResult(tenant: Tenant, subject: { memberId: number; now: number }): Json {
  const { jwt, exp } = tenant.tokens.issue('access', { ...subject, seconds: lifetimes.access });
  return { access_token: jwt, expires_in: lifetimes.access, jwtValidTill: zoneless(exp * 1000) };
}

/** A refresh token as TokenResult shows it; its access_token is an empty string (B033). */
export function refreshResult(tenant: Tenant, subject: { memberId: number; now: number; seconds: number }): Json {
  const { jwt, exp } = tenant.tokens.issue('refresh', subject);
  return { access_token: '', refresh_token: jwt, expires_in: subject.seconds, jwtValidTill: zoneless(exp * 1000) };
}
