import type { Clock } from './clock.ts';
import type { Waiting } from './dirty-keys/dirty-keys.ts';
import type { Mark, SyncInbox } from './inbox/sync-inbox.ts';
import type { AssetState } from './resolver/asset-state.ts';
import type { AssetSource } from './resolver/source.ts';
import type { SyncError } from './sync-error.ts';

/** Why a handler is called. */
export interface Why {
  /** Every mark that was folded into this call, oldest first. */
  readonly marks: readonly Mark[];
  /** 1 for the first try of these marks, 2 after a failure and so on. */
  readonly attempt: number;
}

/** What the engine stands on. */
export interface EngineSettings extends Waiting {
  readonly tenantId: number;
  readonly source: AssetSource;
  readonly inbox: SyncInbox;
  readonly onAsset: (state: AssetState, why: Why) => void | Promise<void>;
  readonly onGone: (assetId: number, why: Why) => void | Promise<void>;
  readonly onError: (error: SyncError) => void;
  /** The inbox could not keep a delivery; HubEx does not send it again. */
  readonly onRefused?: () => void;
  /** Handlers that run at the same time. */
  readonly concurrency: number;
  readonly clock: Clock;
  /** Milliseconds between looks for marks that other processes have stored. */
  readonly pollMs: number;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/** A state somebody has read anyway; null: the asset is not there. */
export interface Offer {
  readonly assetId: number;
  readonly state: AssetState | null;
}
