import { lookup } from 'node:dns/promises';
import { redactUri } from '@hubex-kit/simulator';
import { refusal } from '../delivery/address-guard.ts';
import { findSecret, type SecretPlace } from './secret-place.ts';

/** The receiver that is checked. */
export interface Target {
  readonly hostname: string;
  /** Where connections go, most preferred first; looked up once. */
  readonly addresses: readonly string[];
  readonly port: number;
  readonly isTls: boolean;
  /** The Host header. */
  readonly host: string;
  /** Path and query as given: holds the secret. */
  readonly path: string;
  /** Where the secret is; undefined when the address has none. */
  readonly secret: SecretPlace | undefined;
  /** Fit to be printed. */
  readonly shown: string;
}

/** The address cannot be used; the message says what to do. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
  /** wrong-use: the caller's mistake; unreachable: nobody is there. */
  readonly kind: 'wrong-use' | 'unreachable';

  constructor(kind: TargetError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** How to read an address. */
export interface TargetOptions {
  /** Hosts that may be called although they are public. */
  readonly allowHosts: readonly string[];
  /** The query parameter that holds the secret; found by itself if not told. */
  readonly secretParameter?: string | undefined;
  /** Finds addresses of a name. Default: the system's. */
  readonly resolve?: (hostname: string) => Promise<readonly string[]>;
}

/**
 * Reads the address of a receiver and looks its host up. Loopback and private addresses only, unless the host is allowed; metadata
 * addresses never.
 * @throws TargetError
 */
export async function readTarget(text: string, options: TargetOptions): Promise<Target> {
  const url = readUrl(text);
  const path = `${url.pathname}${url.search}`;
  const found = findSecret(path, options.secretParameter);
  if (typeof found === 'string') throw new TargetError('wrong-use', found);
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const isTls = url.protocol === 'https:';
  return {
    hostname,
    addresses: await locate(hostname, options),
    port: url.port === '' ? (isTls ? 443 : 80) : Number(url.port),
    isTls,
    host: url.host,
    path,
    secret: found,
    shown: redactUri(found ? `${url.origin}${found.put('***')}` : `${url.origin}${path}`),
  };
}

function readUrl(text: string): URL {
  const fault = (what: string): TargetError =>
    new TargetError(
      'wrong-use',
      `${what}. Give the receiver's address as HubEx will call it: http://localhost:3000/hook?key=...`,
    );
  if (!URL.canParse(text)) throw fault('The address is not a URL');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw fault(`The address starts with ${url.protocol}`);
  if (url.username !== '' || url.password !== '')
    throw fault('The address has a user or a password, which HubEx does not send');
  // The URL class turns { into %7B in a path, not in a query.
  if (/\$(\{|%7B)/i.test(`${url.pathname}${url.search}`))
    throw fault('The address has a ${placeholder}; put the value in, as HubEx does when it calls');
  return url;
}

async function locate(hostname: string, { allowHosts, resolve = system }: TargetOptions): Promise<readonly string[]> {
  let addresses: readonly string[];
  try {
    addresses = await resolve(hostname);
  } catch {
    throw new TargetError(
      'unreachable',
      `The host ${hostname} is not known. Is it spelt right, and does the receiver run?`,
    );
  }
  if (addresses.length === 0) throw new TargetError('unreachable', `The host ${hostname} has no address.`);
  const isAllowed = allowHosts.some((host) => host.toLowerCase() === hostname.toLowerCase());
  for (const address of addresses) {
    const never = refusal(address, { hostname, allowPublic: true });
    if (never) throw new TargetError('wrong-use', `${never}.`);
    if (!isAllowed && refusal(address, { hostname, allowPublic: false }))
      throw new TargetError(
        'wrong-use',
        `${hostname} is neither loopback nor private, and a check is a storm of bad requests. If it is yours: --allow-host ${hostname}`,
      );
  }
  return addresses;
}

async function system(hostname: string): Promise<readonly string[]> {
  const found = await lookup(hostname, { all: true });
  return found.map(({ address }) => address);
}
