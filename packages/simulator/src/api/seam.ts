import type { Transmission } from '../transmission/transmission.ts';

/** A request below the base address, as plain data: any host can make one without fetch objects. */
export interface ApiRequest {
  /** Upper case. */
  readonly method: string;
  /** Below the base: `/ES/Assets/5`. Percent-encoded as it came. */
  readonly path: string;
  /** Without the question mark; empty for none. */
  readonly query: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
}

/** The reply to it. */
export interface ApiReply {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
  /** How a fault wants it sent; left out: whole and at once. A host without a socket does the nearest thing it can (transmissionSteps). */
  readonly transmission?: Transmission;
}
