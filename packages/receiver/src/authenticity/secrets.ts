import { ReceiverError } from '../receiver-error.ts';

/** Whether something is fit to be a secret: 22 characters of the URL-safe alphabet hold 128 bits. */
export function isSecret(value: unknown): boolean {
  return typeof value === 'string' && /^[\w~.-]{22,}$/.test(value);
}

/** Tells whether an address carries one of the active secrets. */
export type SecretCheck = (url: string) => boolean;

/**
 * Accepts a secret as the value of the query parameter `parameter` or as a segment of the path. Several may be active at once, for
 * rotation. Every candidate is compared with every secret in constant time.
 *
 * @throws ReceiverError for no secret, or one of fewer than 22 characters or of others than A-Z a-z 0-9 - _ . ~
 */
export function createSecretCheck(secrets: readonly string[], parameter: string): SecretCheck {
  if (!secrets.length || !secrets.every(isSecret)) throw new ReceiverError('receiver/bad-option', 'weak secrets');
  const start = `${parameter}=`;
  return (url) => {
    let matches = false;
    // Parts of the path and of the query alike; a secret has no letter that would have to be escaped, though a proxy may have done so.
    for (const part of url.split(/[/?&#]/)) {
      const text = part.startsWith(start) ? part.slice(start.length) : part;
      // Each one is compared, also after one that fits.
      for (const secret of secrets) matches = equal(unescape(text), secret) || matches;
    }
    return matches;
  };
}

/** Takes the same time wherever the difference is; only the length of the secret shows. */
function equal(candidate: string, secret: string): boolean {
  let difference = candidate.length ^ secret.length;
  for (let index = 0; index < secret.length; index++) {
    // Beyond the candidate's end charCodeAt gives NaN, which counts as 0.
    difference |= candidate.charCodeAt(index) ^ secret.charCodeAt(index);
  }
  return !difference;
}
