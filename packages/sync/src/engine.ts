import { createDirtyKeys, type DirtyKey, type DirtyKeys } from './dirty-keys/dirty-keys.ts';
import type { EngineSettings, Offer } from './engine-settings.ts';
import { InboxFeed } from './inbox/inbox-feed.ts';
import type { Mark } from './inbox/sync-inbox.ts';
import { type AssetState, toState } from './resolver/asset-state.ts';
import { createResolver, type Resolver } from './resolver/resolve.ts';
import type { AssetRows } from './resolver/source.ts';
import { SyncError } from './sync-error.ts';
import { workOff } from './work-off.ts';
import { WorkQueue } from './work-queue.ts';

/** Marks in, handlers out: the heart of sync. */
export class Engine {
  readonly #resolver: Resolver;
  readonly #settings: EngineSettings;
  readonly #dirty: DirtyKeys;
  readonly #feed: InboxFeed;
  readonly #queue: WorkQueue;
  /** Assets worked on since the number of a moment; lets an offer that was read before be told from a fresh one. */
  readonly #touched: Map<number, number> = new Map();
  #moment = 0;
  #reading = false;
  #started = false;
  #cancel: (() => void) | undefined;
  #idle: (() => void)[] = [];
  readonly #stop = new AbortController();

  constructor(settings: EngineSettings) {
    this.#settings = settings;
    this.#dirty = createDirtyKeys(settings);
    this.#resolver = createResolver(settings.source);
    this.#queue = new WorkQueue(settings.concurrency, () => {
      this.#wake(0);
      this.#tell();
    });
    const { inbox, clock, pollMs, onRefused } = settings;
    this.#feed = new InboxFeed({
      ...{ inbox, clock, pollMs, onRefused },
      onMarks: (marks) => this.#mark(marks),
      onError: (cause) =>
        this.#complain('sync/inbox-failed', 'The inbox could not be read; it is tried again.', { cause }),
    });
  }

  /** Takes up the open marks of an earlier run and listens for new ones. */
  start(): Promise<void> {
    this.#started = true;
    return this.#feed.start();
  }

  /** Tells the planner about a page somebody has read anyway. */
  learn(page: AssetRows): void {
    this.#resolver.learn(page);
  }

  /** Number of keys that wait or are being worked on. */
  get pending(): number {
    return this.#dirty.keys.size;
  }

  /** A moment to compare offers with: take it before reading. From then on the engine remembers what it works on. */
  moment(): number {
    return ++this.#moment;
  }

  /** No more offers are to come. */
  forget(): void {
    this.#moment = 0;
    this.#touched.clear();
  }

  /** Assets with above < id <= through that wait or are being worked on, perhaps with a state that is out of date by now. */
  pendingIn(above: number, through: number): readonly number[] {
    return [...this.#dirty.keys.keys()].filter((id) => id > above && id <= through);
  }

  /** Opens marks for states read elsewhere and hands the states on where they are fresh for sure. */
  async offer(offers: readonly Offer[], moment: number): Promise<void> {
    if (offers.length === 0) return;
    const { inbox, tenantId, clock } = this.#settings;
    // What is being worked on, or was since the reading began, is marked all the same but read anew: the state may be too old.
    const fresh = offers.filter(
      ({ assetId }) => !this.#dirty.keys.has(assetId) && (this.#touched.get(assetId) ?? 0) < moment,
    );
    this.#given = new Map(fresh.map((offer) => [offer.assetId, offer]));
    try {
      const keys = offers.map(({ assetId }) => ({ tenantId, assetId }));
      await inbox.mark(keys, 'reconcile', clock.now());
    } finally {
      this.#given = undefined;
    }
  }
  #given: ReadonlyMap<number, Offer> | undefined;

  /** Resolves when at most `atMost` keys wait or are being worked on. */
  async idle(atMost = 0): Promise<void> {
    while (this.pending > atMost && this.#started) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** Takes nothing new into work, waits for the handlers that run; what is left stays in the inbox. */
  async stop(): Promise<void> {
    this.#started = false;
    this.#feed.stop();
    this.#cancel?.();
    this.#queue.clear();
    this.#stop.abort();
    this.#tell();
    while (this.#queue.running > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #tell(): void {
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #mark(marks: readonly Mark[]): void {
    const { tenantId, clock } = this.#settings;
    for (const mark of marks) {
      if (mark.tenantId !== tenantId) {
        this.#complain(
          'sync/foreign-tenant',
          `A delivery of tenant ${mark.tenantId} came; this sync is for ${tenantId}.`,
          { assetId: mark.assetId },
        );
        continue;
      }
      this.#dirty.mark(mark, clock.now(), mark.source === 'reconcile' ? this.#given?.get(mark.assetId) : undefined);
    }
    this.#wake(0);
  }

  #wake(ms: number): void {
    if (!this.#started) return;
    this.#cancel?.();
    this.#cancel = this.#settings.clock.after(ms, () => void this.#pump());
  }

  async #pump(): Promise<void> {
    const { clock, source } = this.#settings;
    // Reading ahead of the handlers would only make states old.
    if (!this.#started || this.#reading || this.#queue.isFull) return;
    const { jobs, next } = this.#dirty.take(clock.now(), source.available());
    if (jobs.length > 0) {
      this.#reading = true;
      await this.#resolve(jobs);
      this.#reading = false;
      this.#wake(0);
    } else if (next < Number.POSITIVE_INFINITY) this.#wake(next - clock.now());
  }

  async #resolve(jobs: readonly DirtyKey[]): Promise<void> {
    const open = new Map<number, DirtyKey>();
    for (const job of jobs) {
      if (job.given) this.#enqueue(job, job.given.state);
      else open.set(job.assetId, job);
    }
    try {
      const found = (id: number, asset: Parameters<typeof toState>[0] | undefined): void => {
        const job = open.get(id);
        open.delete(id);
        // A deleted asset can still be read by its id (B180).
        if (job) this.#enqueue(job, asset && asset.deleted == null ? toState(asset) : null);
      };
      await this.#resolver.resolve([...open.keys()], found, { signal: this.#stop.signal });
    } catch (cause) {
      for (const job of open.values()) this.#failed(job);
      if (!this.#stop.signal.aborted)
        this.#complain('sync/read-failed', `${open.size} assets could not be read and will be tried again.`, { cause });
    }
  }

  #enqueue(job: DirtyKey, state: AssetState | null): void {
    this.#queue.push(() => this.#work(job, state));
  }

  async #work(job: DirtyKey, state: AssetState | null): Promise<void> {
    const { assetId } = job;
    const problem = await workOff(job, { state, settings: this.#settings });
    if (problem) {
      this.#failed(job);
      return this.#complain(problem.code, problem.message, { cause: problem.cause, assetId });
    }
    if (this.#moment > 0) this.#touched.set(assetId, ++this.#moment);
    this.#dirty.finish(job);
  }

  #failed(job: DirtyKey): void {
    const { clock, random } = this.#settings;
    this.#dirty.finish(job, { now: clock.now(), jitter: random() });
  }

  #complain(code: SyncError['code'], message: string, details: { cause?: unknown; assetId?: number }): void {
    try {
      this.#settings.onError(new SyncError(code, message, details));
    } catch {
      // An onError that throws must not stop the work, and there is nobody left to tell.
    }
  }
}
