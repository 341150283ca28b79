import type { Settings } from '../settings.ts';
import type { Exchange } from './exchange.ts';
import { fixedToken, renewingToken, type TokenSource } from './token-source.ts';

/** Exactly one way to prove who calls. */
export type PlainCredentials =
  | { /** Long-lived key of an API user; tokens are fetched and renewed from it. */ readonly serviceToken: string }
  | { /** A ready access token; it is used as it is until HubEx refuses it. */ readonly accessToken: string }
  | { /** Your own source of access tokens. */ readonly tokenSource: TokenSource };

/** The source that credentials make. */
export function tokensOf(
  credentials: PlainCredentials,
  { settings, exchange }: { readonly settings: Settings; readonly exchange: Exchange },
): TokenSource {
  if ('tokenSource' in credentials) return credentials.tokenSource;
  if ('accessToken' in credentials) return fixedToken(credentials.accessToken);
  const { serviceToken } = credentials;
  return renewingToken(() => exchange({ serviceToken }), settings.clock.now);
}
