import { ReceiverError } from '../receiver-error.ts';

/** 22 characters of the URL-safe alphabet hold 128 bits. */
export const shortestSecret = 22;

/** Tells whether an address carries one of the active secrets. */
export type SecretCheck = (url: string) => boolean;

/**
 * Accepts a secret as the value of the query parameter `parameter` or as a segment of the path. Several may be active at once, for
 * rotation. Every candidate is compared with every secret in constant time.
 */
export function createSecretCheck(secrets: readonly string[], parameter: string): SecretCheck {
  if (secrets.length === 0) throw bad('secrets must hold at least one secret');
  for (const secret of secrets) {
    if (typeof secret !== 'string' || !/^[\w~.-]+$/.test(secret))
      throw bad('each secret must be a string of letters, digits and - _ . ~');
    if (secret.length < shortestSecret)
      throw bad(`each secret must have at least ${shortestSecret} characters (128 bits)`);
  }
  return (url) => {
    let matches = 0;
    for (const candidate of candidates(url, parameter))
      for (const secret of secrets) matches |= equal(candidate, secret);
    return matches === 1;
  };
}

function candidates(url: string, parameter: string): readonly string[] {
  const [path = '', query = ''] = url.split('#', 1)[0]?.split(/\?(.*)/s) ?? [];
  return [
    ...new URLSearchParams(query).getAll(parameter),
    ...path.split('/').filter((segment) => segment.length >= shortestSecret),
  ];
}

/** 1 or 0. Takes the same time wherever the difference is; only the length of the secret shows. */
function equal(candidate: string, secret: string): number {
  let difference = candidate.length ^ secret.length;
  for (let index = 0; index < secret.length; index++) {
    // Beyond the candidate's end charCodeAt gives NaN, which counts as 0.
    difference |= candidate.charCodeAt(index) ^ secret.charCodeAt(index);
  }
  return difference === 0 ? 1 : 0;
}

function bad(problem: string): ReceiverError {
  const way = `Make one with: node -p "crypto.randomBytes(24).toString('base64url')"`;
  return new ReceiverError('receiver/bad-option', `createReceiver: ${problem}. ${way}`);
}
