export { createDirtyKeys, type DirtyKey, type DirtyKeys, type Waiting } from './dirty-keys/dirty-keys.ts';
export { Engine } from './engine.ts';
export type { EngineSettings, Offer, Why } from './engine-settings.ts';
export { createMemoryInbox } from './inbox/memory-inbox.ts';
export type { SyncInbox } from './inbox/sync-inbox.ts';
export { assetSource } from './resolver/asset-source.ts';
export { type AssetState, toState } from './resolver/asset-state.ts';
export { createResolver, type Resolver } from './resolver/resolve.ts';
export type { AssetRows, AssetSource, ReadOptions } from './resolver/source.ts';
