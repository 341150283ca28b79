import { depthHeader, type OutgoingCall } from '@hubex-kit/simulator';

/** The headers of a call over HTTP: those it has, and the mock's own guard against loops. HubEx sends no such header (B146). */
export function headersOf({ headers, depth = 1 }: OutgoingCall): Readonly<Record<string, string>> {
  return { ...headers, [depthHeader]: String(depth) };
}
