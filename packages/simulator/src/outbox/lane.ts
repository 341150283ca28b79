import type { HeldBack } from './held-back.ts';
import type { DeliveryRecord } from './journal.ts';

/** The deliveries of one webhook on their way. */
export interface Lane {
  readonly queue: DeliveryRecord[];
  readonly held: HeldBack<DeliveryRecord>;
  /** Calls under way. */
  running: number;
}

/** What a delivery says and why. */
export type What = Pick<DeliveryRecord, 'eventId' | 'assetId' | 'cause' | 'body' | 'contentType' | 'faults'>;

/** What a delivery waits for before it goes out: others of its webhook that pass first (null: none), at most `ms` milliseconds. */
export interface Hold {
  readonly others: number | null;
  readonly ms: number;
}
