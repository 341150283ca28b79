import { badOption } from '../check.ts';
import type { RefreshCredentials } from '../options.ts';
import type { Exchange, IssuedToken } from './exchange.ts';

/**
 * A chain of refresh tokens: each is dead once it was exchanged, and the reply brings the next (B037, B038). An exchange is never
 * repeated on its own: HubEx may have taken the token although no answer came.
 */
export function refreshChain(
  { refreshToken, saveRefreshToken }: RefreshCredentials,
  exchange: Exchange,
): () => Promise<IssuedToken> {
  let refreshJwt = refreshToken;
  return async () => {
    const issued = await exchange({ refreshJwt });
    if (issued.next === undefined) return issued;
    refreshJwt = issued.next;
    try {
      await saveRefreshToken?.(refreshJwt);
    } catch {
      // What it throws may hold the token.
      throw badOption(
        'saveRefreshToken',
        'saveRefreshToken failed: the next refresh token is kept in memory only, and the one that is stored is dead. Repair the storage and call again.',
      );
    }
    return issued;
  };
}
