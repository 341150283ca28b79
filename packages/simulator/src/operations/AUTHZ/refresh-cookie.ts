/** Name of the cookie that carries a refresh token (B031). */
export const refreshCookie = 'RefreshTokenCookie';

/** The refresh token of a Cookie header, if it has one. */
export function refreshTokenOf(header: string | undefined): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === refreshCookie)?.[1];
}
