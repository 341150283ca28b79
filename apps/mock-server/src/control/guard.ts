import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { isLoopback } from '../delivery/address-guard.ts';

/**
 * Keeps other people's web pages away from the control plane: the Host header must name this machine (DNS rebinding), and an Origin,
 * if there is one, must be a page of this machine or of this server (CSRF). Returns why a request is refused.
 */
export function refuseForeign(request: IncomingMessage, boundHost: string): string | undefined {
  const host = hostOf(`http://${request.headers.host ?? ''}`);
  if (host === undefined || !isOurs(host, boundHost)) {
    return `The control plane answers only to this machine's own names, not to Host ${request.headers.host ?? '(none)'}. Use http://127.0.0.1.`;
  }
  const { origin } = request.headers;
  if (origin === undefined) return undefined;
  const from = hostOf(origin);
  if (from !== undefined && (from === 'localhost' || isLoopback(from) || from === host)) return undefined;
  return `The control plane does not answer pages of another origin (${origin}).`;
}

function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : undefined;
}

function isOurs(host: string, boundHost: string): boolean {
  if (host === 'localhost' || isLoopback(host) || host === boundHost) return true;
  // Bound to the outside on purpose (a container): addresses and names without a dot cannot be rebound from a public page.
  return !isLoopback(boundHost) && boundHost !== 'localhost' && (isIP(host) !== 0 || !host.includes('.'));
}
