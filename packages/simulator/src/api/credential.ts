import type { AccessTokenRequest } from '@hubex-kit/contract';
import { refreshTokenOf } from '../operations/AUTHZ/refresh-cookie.ts';

/** What a token request opens a tenant with. */
export type Credential =
  | { readonly kind: 'service'; readonly token: string }
  /** Issued by the tenant itself. */
  | { readonly kind: 'issued'; readonly token: string }
  | { readonly kind: 'none' };

/** The credential of a token request, the first of those HubEx looks at (B023, B025, B031). */
export function credentialOf(body: unknown, headers: Readonly<Record<string, string>>): Credential {
  // Checked against the operation's schema before; undefined for a request without a body.
  const { serviceToken, refreshJwt, jwt } = (body ?? {}) as AccessTokenRequest;
  if (serviceToken) return { kind: 'service', token: serviceToken };
  const issued = refreshJwt || jwt || refreshTokenOf(headers.cookie);
  return issued ? { kind: 'issued', token: issued } : { kind: 'none' };
}
