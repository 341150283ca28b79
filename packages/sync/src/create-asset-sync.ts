import { type Diagnosis, examine } from './doctor/doctor.ts';
import { Engine } from './engine.ts';
import type { InboxCounts, InboxRecord, RecordFilter } from './inbox/sync-inbox.ts';
import { type OnceOutcome, once } from './once.ts';
import { type AssetSyncOptions, readOptions } from './options.ts';
import { OwedComparison } from './reconcile/owed-comparison.ts';
import { type ReconcileProgress, reconcile } from './reconcile/reconcile.ts';
import { exportRecords, importRecords, type Replayed, type ReplayFilter, replay } from './replay.ts';
import type { AssetState } from './resolver/asset-state.ts';
import { SyncError, type SyncErrorCode } from './sync-error.ts';

/** A copy of the assets that stays right. */
export interface AssetSync {
  /** Takes up what an earlier run left, looks after the webhook, compares all assets, and goes on until `stop`. Resolves once deliveries are worked off. */
  start(): Promise<void>;
  /** Waits for the handlers that run and ends; what is left stays in the inbox for the next start. The inbox stays open. */
  stop(): Promise<void>;
  /** Resolves when nothing waits and no comparison runs. */
  idle(): Promise<void>;
  /** Looks at the webhook now. */
  examine(): Promise<Diagnosis>;
  /** An asset as it is now or was at most `cacheMs` ago; undefined: gone. Handlers that ask for the same one share one call. */
  read(assetId: number): Promise<AssetState | undefined>;
  /** Compares all assets now; joins a comparison that runs already. */
  reconcile(): Promise<ReconcileProgress>;
  /** Works kept deliveries off once more. */
  replay(filter?: ReplayFilter): Promise<Replayed>;
  /** Bodies that could not be understood, oldest first. */
  quarantine(limit?: number): Promise<readonly InboxRecord[]>;
  export(filter?: RecordFilter): AsyncIterable<string>;
  import(lines: AsyncIterable<string> | Iterable<string>): Promise<number>;
  /** Runs an effect that must not repeat, once for its key. */
  once(key: string, effect: () => void | Promise<void>): Promise<OnceOutcome>;
  counts(): Promise<InboxCounts>;
}

/**
 * Keeps a copy of a tenant's assets right: deliveries only say that an asset is dirty, its state is read from the API, and what no
 * delivery told is found by comparing.
 *
 * @throws SyncError `sync/bad-option` for options that cannot be used.
 * @example
 * const inbox = await openSqliteInbox('hubex.db');
 * const sync = createAssetSync({ client, inbox, tenantId: 105, onAsset: (state) => save(state), onGone: (id) => remove(id) });
 * const receiver = createReceiver({ secrets, inbox });
 * await sync.start();
 */
export function createAssetSync(options: AssetSyncOptions): AssetSync {
  const settings = readOptions(options);
  const { client, inbox, tenantId, source, read, webhook, clock, onError, onProgress } = settings;
  const ended = new AbortController();
  const timers = new Map<string, () => void>();
  let walk: { readonly since: number; readonly done: Promise<ReconcileProgress> } | undefined;
  let last: { readonly since: number; readonly progress: ReconcileProgress } | undefined;
  let startedAt = 0;

  const look = async (): Promise<Diagnosis> => {
    if (!webhook)
      throw new SyncError('sync/bad-option', 'examine: createAssetSync was given no webhook to look after.');
    const diagnosis = await examine({ client, inbox, webhook, now: clock.now });
    onProgress({ kind: 'examined', diagnosis });
    return diagnosis;
  };
  /** A comparison begun at `freshSince` or later: the last one, the one that runs, or a new one; one cut short since then is resumed. */
  const compare = async (freshSince: number): Promise<ReconcileProgress> => {
    if (walk && walk.since < freshSince) await walk.done.catch(() => undefined);
    if (walk) return walk.done;
    if (last && last.since >= freshSince) return last.progress;
    const since = clock.now();
    const done = reconcile({
      ...{ tenantId, source, inbox, engine, freshSince },
      now: clock.now,
      signal: ended.signal,
      onProgress: (progress) => onProgress({ kind: 'reconciling', progress }),
    }).finally(() => {
      walk = undefined;
    });
    walk = { since, done };
    const progress = await done;
    last = { since, progress };
    onProgress({ kind: 'reconciled', progress });
    return progress;
  };
  /** Does something now and then; tells of failures and tries again sooner. */
  const regularly = async (name: SyncErrorCode, everyMs: number, work: () => Promise<unknown>): Promise<void> => {
    let next = everyMs;
    try {
      await work();
    } catch (cause) {
      if (ended.signal.aborted) return;
      next = Math.min(everyMs, 60_000);
      onError(
        cause instanceof SyncError
          ? cause
          : new SyncError(name, `${String(cause)} It is tried again in ${next} ms.`, { cause }),
      );
    }
    if (!ended.signal.aborted)
      timers.set(
        name,
        clock.after(next, () => void regularly(name, everyMs, work)),
      );
  };

  const report = (cause: unknown): void => {
    if (ended.signal.aborted) return;
    onError(
      cause instanceof SyncError
        ? cause
        : new SyncError('sync/read-failed', `The assets could not be compared: ${String(cause)}`, { cause }),
    );
  };
  const owed = new OwedComparison({ compare, clock, onError: report });
  const engine = new Engine({ ...settings, onRefused: () => owed.oweSoon(clock.now()) });
  /** What was lost while HubEx did not call is found by comparing anew, from the end of the outage on. */
  const treat = async (): Promise<void> => {
    const { outage } = await look();
    if (outage) owed.owe(outage.to);
  };

  return {
    async start() {
      if (startedAt) throw new SyncError('sync/stopped', 'start: this sync has been started before; make another.');
      startedAt = clock.now();
      await engine.start();
      void regularly('sync/inbox-failed', 86_400_000, () => inbox.prune(clock.now() - settings.keepDays * 86_400_000));
      // The webhook first: what happens before it is there is then seen by the comparison that follows.
      if (webhook) await regularly('sync/webhook', settings.examineEveryMs, treat);
      void regularly('sync/read-failed', settings.reconcileEveryMs, () =>
        compare(Math.max(startedAt, (last?.since ?? 0) + 1)),
      );
    },
    async stop() {
      ended.abort(new SyncError('sync/stopped', 'The sync was stopped.'));
      for (const cancel of timers.values()) cancel();
      owed.stop();
      await engine.stop();
      await walk?.done.catch(() => undefined);
    },
    async idle() {
      do {
        await walk?.done.catch(() => undefined);
        await engine.idle();
      } while (walk);
    },
    examine: look,
    read,
    reconcile: () => (walk ? walk.done : compare((last?.since ?? startedAt) + 1)),
    replay: (filter = {}) => replay(inbox, filter, { now: clock.now() }),
    quarantine: (limit = 100) => inbox.records({ kind: 'junk' }, limit),
    export: (filter) => exportRecords(inbox, filter),
    import: (lines) => importRecords(inbox, lines),
    once: (key, effect) => once(inbox, key, effect),
    counts: () => inbox.counts(),
  };
}
