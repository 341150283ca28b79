import type { Transmission } from '../transmission/transmission.ts';

/** A call the outbox wants made. The body is sent byte for byte as it is, with these headers and no others of meaning (B146). */
export interface OutgoingCall {
  readonly tenantId: number;
  /** Counted by tenant. */
  readonly deliveryId: number;
  readonly webhookId: number;
  /** 1 for the first call, 2 for its first repetition. */
  readonly attempt: number;
  readonly method: 'POST';
  /** Placeholders filled in; may hold a secret: never log it. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds after which an answer no longer counts (B148). */
  readonly timeoutMs: number;
  /** How many deliveries led to it, itself included; left out for 1. */
  readonly depth?: number;
  /** How a fault wants the body sent; left out: whole and at once. Given only to deliverers with `transmits`. */
  readonly transmission?: Transmission;
}

/** What came of a call: an HTTP status, or the reason why there is none. */
export type CallResult =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'failed'; readonly reason: string };

/** Makes outgoing calls: over HTTP in the mock server, a plain function in tests. It must not reject. */
export interface Deliverer {
  (call: OutgoingCall): Promise<CallResult>;
  /** A webhook was registered: what the first call needs may be loaded now, so that nobody has to wait for it then. */
  prepare?(): void;
  /** Ends the calls of this tenant that are under way, or all calls there are; resolves when none is left. Used by reset and close. */
  cancel?(tenantId?: number): Promise<void>;
  /** Nobody waits for this call any more: its time is over. It must not go out if it has not yet, and is ended if it has. */
  giveUp?(call: OutgoingCall): void;
  /**
   * Whether it carries out `transmission`. For one that does not, calls that a fault breaks off (reset, cut, silence) are not made at all and
   * end as they would have ended; slow and chunked ones are made as usual: without a socket nobody can tell.
   */
  readonly transmits?: boolean;
}
