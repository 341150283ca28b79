import type { HubexClient } from '@hubex-kit/client';
import { nearest } from '@hubex-kit/contract/nearest';
import type { Receiver } from '@hubex-kit/receiver';
import { type Clock, systemClock } from './clock.ts';
import type { DesiredWebhook, Diagnosis } from './doctor/doctor.ts';
import type { EngineSettings, Why } from './engine-settings.ts';
import type { SyncInbox } from './inbox/sync-inbox.ts';
import type { ReconcileProgress } from './reconcile/reconcile.ts';
import { assetSource } from './resolver/asset-source.ts';
import type { AssetState } from './resolver/asset-state.ts';
import { type SharedReads, shareReads } from './resolver/shared-reads.ts';
import { SyncError } from './sync-error.ts';

/** What sync tells while it works. */
export type SyncProgress =
  | { readonly kind: 'examined'; readonly diagnosis: Diagnosis }
  | { readonly kind: 'reconciling' | 'reconciled'; readonly progress: ReconcileProgress };

/** How to keep a copy of the assets. */
export interface AssetSyncOptions {
  /** Reads states and looks after the webhook. Its limiter is shared with everything else built on it. */
  readonly client: HubexClient;
  /** The same inbox the receiver stores into. Left out: that of the receiver. */
  readonly inbox?: SyncInbox;
  /** The receiver whose inbox is worked off; it was made with an inbox of this package. */
  readonly receiver?: Pick<Receiver, 'inbox'>;
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
  /** Milliseconds for which `read` answers from what was read before, whoever asked for it. Default 5000. */
  readonly cacheMs?: number;
  readonly clock?: Clock;
  /** From 0 to below 1, for the spread of repetitions. Default Math.random. */
  readonly random?: () => number;
}

/** Options with defaults filled in. */
export interface SyncSettings extends EngineSettings {
  readonly client: HubexClient;
  readonly read: SharedReads['read'];
  readonly webhook: DesiredWebhook | undefined;
  readonly onProgress: (progress: SyncProgress) => void;
  readonly examineEveryMs: number;
  readonly reconcileEveryMs: number;
  readonly keepDays: number;
}

/** Whole numbers: the least one and the default. */
const numbers: Readonly<Record<string, readonly [least: number, otherwise?: number]>> = {
  tenantId: [0],
  quietMs: [0, 2_000],
  maxWaitMs: [1, 30_000],
  retryMs: [1, 1_000],
  maxRetryMs: [1, 300_000],
  concurrency: [1, 8],
  examineEveryMs: [1, 300_000],
  reconcileEveryMs: [1, 86_400_000],
  keepDays: [1, 30],
  pollMs: [1, 30_000],
  cacheMs: [0, 5_000],
};
const functions = ['onAsset', 'onGone', 'onError', 'onProgress', 'random'];
const others = ['client', 'inbox', 'receiver', 'webhook', 'clock'];

/** Fills in defaults and refuses what cannot be used. */
export function readOptions(options: AssetSyncOptions): SyncSettings {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  known('option', given, [...Object.keys(numbers), ...functions, ...others]);
  for (const name of ['client', 'tenantId', 'onAsset', 'onGone'] as const)
    if (options[name] === undefined) throw bad(`${name} is missing`);
  for (const [name, value] of given) {
    const [least = 0] = numbers[name] ?? [];
    if (numbers[name] && !(Number.isSafeInteger(value) && value >= least))
      throw bad(`${name} must be a whole number from ${least}; it was ${String(value)}`);
    if (functions.includes(name) && typeof value !== 'function')
      throw bad(`${name} must be a function; it was ${typeof value}`);
  }
  const { client, webhook, clock = systemClock, cacheMs: keepMs = 5_000 } = options;
  if (typeof client.webhooks?.ensure !== 'function') throw bad('client must be made by createHubexClient');
  if (webhook) checkWebhook(webhook);
  const defaults = Object.entries(numbers).map(([name, [, otherwise]]) => [name, otherwise]);
  return {
    ...Object.fromEntries(defaults),
    webhook: undefined,
    onError: report,
    onProgress: () => undefined,
    random: Math.random,
    ...Object.fromEntries(given),
    clock,
    inbox: inboxOf(options),
    ...shareReads(assetSource(client), { keepMs, now: clock.now }),
  } as unknown as SyncSettings; // everything that has no default has been looked for above
}

function inboxOf({ inbox, receiver }: AssetSyncOptions): SyncInbox {
  if (inbox && receiver && receiver.inbox !== inbox)
    throw bad('inbox and receiver.inbox are two: deliveries would be stored in one and looked for in the other');
  const found: { readonly [Name in keyof SyncInbox]?: unknown } | undefined = inbox ?? receiver?.inbox;
  if (!found) throw bad('inbox is missing; give it an inbox, or a receiver that has one');
  if (typeof found.open !== 'function' || typeof found.finish !== 'function')
    throw bad(
      `${inbox ? 'inbox' : 'receiver.inbox'} keeps no marks; it must be made by openSqliteInbox, openPostgresInbox or the createMemoryInbox of @hubex-kit/sync`,
    );
  return found as SyncInbox; // two methods that no other inbox has
}

function checkWebhook(webhook: DesiredWebhook): void {
  known('webhook field', Object.entries(webhook), ['name', 'uri']);
  if (!webhook.name || !/^https?:\/\//.test(webhook.uri))
    throw bad('webhook needs a name and the absolute http or https address of the receiver as its uri');
}

function known(what: string, given: readonly (readonly [string, unknown])[], names: readonly string[]): void {
  for (const [name] of given)
    if (!names.includes(name))
      throw bad(`there is no ${what} ${name}; did you mean ${nearest(name, names)}? There are ${names.join(', ')}`);
}

function bad(problem: string): SyncError {
  return new SyncError('sync/bad-option', `createAssetSync: ${problem}.`);
}

/** Silence would hide trouble from whoever has not set onError. */
function report(error: SyncError): void {
  // biome-ignore lint/suspicious/noConsole: the only voice a library has when nobody gave it another
  console.warn(`[hubex sync] ${error.code}: ${error.message}`);
}
