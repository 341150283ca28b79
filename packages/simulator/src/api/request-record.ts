import type { FaultMark } from '../outbox/journal.ts';
import type { BodyHash } from './body-hash.ts';
import { shownSent } from './kept-body.ts';

/** One API request and its answer. */
export interface RequestRecord {
  readonly id: number;
  /** Milliseconds, UTC. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** null for an address that is no operation. */
  readonly operationId: string | null;
  /** null for an anonymous or refused caller. */
  readonly memberId: number | null;
  readonly status: number;
  /** Milliseconds by the clock of the tenant. */
  readonly ms: number;
  /** Bytes of the request's body. */
  readonly requestSize: number;
  /**
   * The request's body, if it may be kept: no credentials, addresses redacted (then as compact JSON; what is no JSON is not kept), no file, at
   * most 4,096 bytes.
   */
  readonly requestBody: string | null;
  /** Characters or bytes of the answer's body. */
  readonly replySize: number;
  /** The answer's Content-Type. */
  readonly replyType: string | null;
  /** The faults that hit it; empty for none. */
  readonly faults: readonly FaultMark[];
  /** Deliveries it caused. */
  readonly deliveries: number;
}

/** A request as the journal holds it: bodies as they came, to be redacted when somebody looks. */
export interface KeptRequest extends Omit<RequestRecord, 'requestBody'> {
  /** undefined for an address that is no operation. */
  readonly service: string | undefined;
  /** The request's body. */
  readonly sent: string | null;
  /** The hash of the request's body, where it cannot be told from what is shown. */
  readonly hash: BodyHash | null;
  /** The answer's body; the journal lets go of old ones. */
  readonly reply: string | null;
}

/** A request as it may be shown. */
export function shownRequest(kept: KeptRequest): RequestRecord {
  const { service, sent, hash, reply, ...shown } = kept;
  return { ...shown, requestBody: shownSent(kept) };
}
