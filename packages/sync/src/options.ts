import type { HubexClient } from '@hubex-kit/client';
import { nearest } from '@hubex-kit/contract/nearest';
import { type Clock, systemClock } from './clock.ts';
import type { DesiredWebhook, Diagnosis } from './doctor/doctor.ts';
import type { EngineSettings, Why } from './engine-settings.ts';
import type { SyncInbox } from './inbox/sync-inbox.ts';
import type { ReconcileProgress } from './reconcile/reconcile.ts';
import { assetSource } from './resolver/asset-source.ts';
import type { AssetState } from './resolver/asset-state.ts';
import { SyncError } from './sync-error.ts';

/** What sync tells while it works. */
export type SyncProgress =
  | { readonly kind: 'examined'; readonly diagnosis: Diagnosis }
  | { readonly kind: 'reconciling' | 'reconciled'; readonly progress: ReconcileProgress };

/** How to keep a copy of the assets. */
export interface AssetSyncOptions {
  /** Reads states and looks after the webhook. Its limiter is shared with everything else built on it. */
  readonly client: HubexClient;
  /** The same inbox the receiver stores into. */
  readonly inbox: SyncInbox;
  /** The tenant whose assets these are: TenantID of its deliveries. Marks of others are reported and left alone. */
  readonly tenantId: number;
  /** Called with the state as it is now whenever it may have changed. May be called again with the same state: write it so that this does no harm. */
  readonly onAsset: (state: AssetState, why: Why) => void | Promise<void>;
  /** Called for an asset that is deleted, or not to be seen (any more). */
  readonly onGone: (assetId: number, why: Why) => void | Promise<void>;
  /** The webhook to look after. Left out: somebody else does. */
  readonly webhook?: DesiredWebhook;
  /** Told about everything that goes wrong; nothing is lost by it. Default: one line on the console. */
  readonly onError?: (error: SyncError) => void;
  readonly onProgress?: (progress: SyncProgress) => void;
  /** Milliseconds without a further event after which an asset is read. Default 2000. */
  readonly quietMs?: number;
  /** Milliseconds after which it is read in any case. Default 30000. */
  readonly maxWaitMs?: number;
  /** Milliseconds before the first repetition after a failure; doubles each time. Default 1000. */
  readonly retryMs?: number;
  /** Most milliseconds between repetitions. Default 300000. */
  readonly maxRetryMs?: number;
  /** Handlers that run at the same time, never two for one asset. Default 8. */
  readonly concurrency?: number;
  /** Milliseconds between looks at the webhook; each costs three calls. Default 300000. */
  readonly examineEveryMs?: number;
  /** Milliseconds between comparisons of all assets. Default 86400000 (a day); one is made at the start in any case. */
  readonly reconcileEveryMs?: number;
  /** Days for which worked-off deliveries are kept for replay. Default 30. */
  readonly keepDays?: number;
  /** Milliseconds between looks for deliveries that other processes have stored in the same inbox. Default 30000. */
  readonly pollMs?: number;
  readonly clock?: Clock;
  /** From 0 to below 1, for the spread of repetitions. Default Math.random. */
  readonly random?: () => number;
}

/** Options with defaults filled in. */
export interface SyncSettings extends EngineSettings {
  readonly client: HubexClient;
  readonly webhook: DesiredWebhook | undefined;
  readonly onProgress: (progress: SyncProgress) => void;
  readonly examineEveryMs: number;
  readonly reconcileEveryMs: number;
  readonly keepDays: number;
}

const numbers = {
  tenantId: undefined,
  quietMs: 2_000,
  maxWaitMs: 30_000,
  retryMs: 1_000,
  maxRetryMs: 300_000,
  concurrency: 8,
  examineEveryMs: 300_000,
  reconcileEveryMs: 86_400_000,
  keepDays: 30,
  pollMs: 30_000,
};

const others = ['client', 'inbox', 'onAsset', 'onGone', 'webhook', 'onError', 'onProgress', 'clock', 'random'];

/** Fills in defaults and refuses what cannot be used. */
export function readOptions(options: AssetSyncOptions): SyncSettings {
  const known = [...Object.keys(numbers), ...others];
  for (const [name, value] of Object.entries(options)) {
    if (!known.includes(name))
      throw bad(`there is no option ${name}; did you mean ${nearest(name, known)}? There are ${known.join(', ')}`);
    const least = name === 'quietMs' || name === 'tenantId' ? 0 : 1;
    if (name in numbers && value !== undefined && !(Number.isSafeInteger(value) && value >= least))
      throw bad(`${name} must be a whole number from ${least}; it was ${String(value)}`);
  }
  for (const name of ['client', 'inbox', 'tenantId', 'onAsset', 'onGone'] as const)
    if (options[name] === undefined) throw bad(`${name} is missing`);
  const { webhook } = options;
  if (webhook && (!webhook.name || !/^https?:\/\//.test(webhook.uri)))
    throw bad('webhook needs a name and the absolute http or https address of the receiver as its uri');
  return {
    ...numbers,
    webhook: undefined,
    onError: report,
    onProgress: () => undefined,
    clock: systemClock,
    random: Math.random,
    ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
    source: assetSource(options.client),
  } as unknown as SyncSettings; // everything that has no default has been looked for above
}

function bad(problem: string): SyncError {
  return new SyncError('sync/bad-option', `createAssetSync: ${problem}.`);
}

/** Silence would hide trouble from whoever has not set onError. */
function report(error: SyncError): void {
  // biome-ignore lint/suspicious/noConsole: the only voice a library has when nobody gave it another
  console.warn(`[hubex sync] ${error.code}: ${error.message}`);
}
