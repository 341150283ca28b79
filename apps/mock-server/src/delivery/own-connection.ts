import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** A connection that belongs to one call alone. */
export interface OwnConnection {
  /** What HTTP is spoken on. */
  readonly socket: Socket;
  /** Calls `begin` once HTTP can be spoken, under TLS after its handshake; not when there is no connection. */
  onOpen(begin: () => void): void;
  /** Ends it with an RST: the other side reads ECONNRESET, under TLS too. */
  reset(): void;
}

/**
 * Connects to where `target` points, by addresses that `lookup` lets pass; certificates are checked as Node checks them. TLS is put on a socket
 * of ours, because Node can reset a plain socket only and hides the one below its own TLS.
 */
export function ownConnection(target: URL, lookup: LookupFunction): OwnConnection {
  const isTls = target.protocol === 'https:';
  const host = target.hostname.replace(/^\[|\]$/g, '');
  const raw = connect({ host, port: Number(target.port || (isTls ? 443 : 80)), lookup, noDelay: true });
  const reset = (): void => void raw.resetAndDestroy();
  if (!isTls) return { socket: raw, onOpen: (begin) => raw.once('connect', begin), reset };
  // An address in digits is no name of a server (RFC 6066); the certificate is compared with it all the same.
  const name = isIP(host) === 0 ? { servername: host } : {};
  const socket = connectTls({ socket: raw, host, ...name, ALPNProtocols: ['http/1.1'] });
  // Otherwise a connection that does not come about would end TLS without its reason.
  raw.on('error', (error) => socket.destroy(error));
  return { socket, onOpen: (begin) => socket.once('secureConnect', begin), reset };
}
