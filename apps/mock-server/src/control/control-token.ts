import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Whether a request carries the control token, as a bearer token or in x-hubex-mock-token. Takes the same time for any wrong one. */
export function hasControlToken(request: IncomingMessage, expected: string): boolean {
  const { authorization = '', 'x-hubex-mock-token': own = '' } = request.headers;
  const given = String(own) || (/^Bearer\s+(\S+)$/i.exec(authorization)?.[1] ?? '');
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
