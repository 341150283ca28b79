import type { DeliveryFilter, DeliveryRecord } from '../outbox/journal.ts';

/** Drives and observes the simulator. The mock server offers the same over HTTP. */
export interface Control {
  readonly info: { readonly tenantId: number; readonly serviceToken: string; readonly seed: number };
  /** Cancels deliveries under way and puts everything back to the seed: state, ids, tokens, webhooks, journal. Nothing arrives afterwards. */
  reset(): Promise<void>;
  /** What was or is to be delivered, oldest first. `dropped` counts records that left the bounded journal. */
  deliveries(filter?: DeliveryFilter): {
    readonly total: number;
    readonly dropped: number;
    readonly items: readonly DeliveryRecord[];
  };
  /** Resolves when everything caused so far has been delivered or given up, or after `within` milliseconds (default 5000, at most 300000). */
  settled(within?: number): Promise<{ readonly settled: boolean; readonly pending: number }>;
  /** Resolves when `count` (default 1) matching deliveries were answered with success, or after `within` milliseconds. */
  wait(
    want: WaitFor,
  ): Promise<{ readonly ok: boolean; readonly items: readonly DeliveryRecord[]; readonly missing: number }>;
  /** Sends an event for an asset of the tenant to the webhooks bound to it, or a raw body to one webhook or all that are active. */
  emit(event: Emission): Emitted;
  /** Stops deliveries for good. */
  close(): Promise<void>;
}

/** Ids of the deliveries an emission caused. */
export interface Emitted {
  readonly deliveries: readonly number[];
  /** Why nothing was sent, if nothing was. */
  readonly note?: string;
}

/** What to wait for. `within` is in milliseconds: default 5000, at most 300000. */
export interface WaitFor extends Pick<DeliveryFilter, 'eventId' | 'assetId' | 'webhookId'> {
  readonly count?: number;
  readonly within?: number;
}

/** An event for an existing asset, or any text as the body. */
export type Emission =
  | { readonly eventId: number; readonly assetId: number }
  | { readonly raw: string; readonly webhookId?: number };
