export type { Clock } from './clock.ts';
export { type AssetSync, createAssetSync } from './create-asset-sync.ts';
export type { DesiredWebhook, Diagnosis } from './doctor/doctor.ts';
export type { Why } from './engine-settings.ts';
export { createMemoryInbox } from './inbox/memory-inbox.ts';
export type {
  AssetKey,
  InboxCounts,
  InboxRecord,
  Mark,
  MarkSource,
  RecordFilter,
  Snapshot,
  SyncInbox,
} from './inbox/sync-inbox.ts';
export { type OnceOutcome, once } from './once.ts';
export type { AssetSyncOptions, SyncProgress } from './options.ts';
export type { ReconcileProgress } from './reconcile/reconcile.ts';
export { exportRecords, importRecords, type Replayed, type ReplayFilter, replay } from './replay.ts';
export type { AssetState } from './resolver/asset-state.ts';
export { SyncError, type SyncErrorCode } from './sync-error.ts';
