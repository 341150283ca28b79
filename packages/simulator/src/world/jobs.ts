import type { AssetEvent } from '../domain/asset.ts';
import type { ImportRow } from '../domain/import-row.ts';
import { importRows } from '../domain/import-work.ts';
import { atOnce, type Steps } from '../domain/steps.ts';
import type { Part } from '../outbox/part.ts';
import type { TenantWorld } from './tenant-world.ts';

/** What is to be done after an answer: the rows of an import written (B231), the rest of its events announced. */
export type Work =
  | { readonly kind: 'import'; readonly rows: readonly ImportRow[]; readonly memberId: number }
  | { readonly kind: 'announce'; readonly events: readonly AssetEvent[]; readonly part: Part };

/** Work and its time, as plain data: snapshots and saved states hold it. */
export interface Job {
  /** Milliseconds, UTC, by the tenant's clock. */
  readonly due: number;
  readonly cause: { readonly cause: string; readonly requestId: number; readonly depth?: number };
  readonly work: Work;
}

/** Events announced in one turn: a fraction of a millisecond, so that a large import does not keep other callers waiting. */
const slice = 25;

/** The jobs of a tenant that wait for their time. */
export class Jobs {
  readonly #world: TenantWorld;
  readonly #waiting: Map<Job, () => void> = new Map();
  #isClosed = false;

  constructor(world: TenantWorld) {
    this.#world = world;
  }

  /** How many wait. */
  get pending(): number {
    return this.#waiting.size;
  }

  /** Does it when it is due; what is due already is done right after the current call, even when time stands still. */
  add(job: Job): void {
    if (this.#isClosed) return;
    const { clock } = this.#world;
    const ms = job.due - clock.now();
    const run = this.#once(job, () => this.#do(job));
    this.#waiting.set(job, ms > 0 ? clock.after(ms, run) : (): void => undefined);
    if (ms <= 0) Promise.resolve().then(run);
  }

  /** What waits, in the order of its time. */
  save(): readonly Job[] {
    return [...this.#waiting.keys()].sort((a, b) => a.due - b.due);
  }

  /** Forgets what waits and whatever comes later. */
  close(): void {
    this.#isClosed = true;
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }

  #do(job: Job): void {
    const { work } = job;
    if (work.kind === 'announce') {
      this.#announce(work.events, { job, part: work.part });
      return;
    }
    const { tenant, switches: rules, clock } = this.#world;
    const member = tenant.members.get(work.memberId);
    if (!member) return;
    this.#take(job, importRows(tenant, { rows: work.rows, member, rules, now: () => clock.now() }));
  }

  /** One step after the other. Until the last of them the job waits as it was, for whoever saves it. */
  #take(job: Job, steps: Steps<readonly AssetEvent[]>): void {
    const step = this.#isSliced ? steps.next() : ({ done: true, value: atOnce(steps) } as const);
    if (!step.done) {
      this.#goOn(job, () => this.#take(job, steps));
      return;
    }
    const { value: events } = step;
    const listening = [...this.#world.tenant.webhooks.values()].map((webhook) => ({ ...webhook }));
    this.#announceLater(events, { job, part: { before: 0, of: events.length, listening } });
  }

  #announceLater(events: readonly AssetEvent[], { job, part }: { job: Job; part: Part }): void {
    const next: Job = { ...job, due: this.#world.clock.now(), work: { kind: 'announce', events, part } };
    this.#goOn(next, () => this.#do(next));
  }

  /** While time passes by itself, many events go out slice by slice. */
  #announce(events: readonly AssetEvent[], { job, part }: { job: Job; part: Part }): void {
    const [now, rest] = this.#isSliced ? [events.slice(0, slice), events.slice(slice)] : [events, []];
    this.#world.outbox.announce(now, { ...job.cause, part });
    if (rest.length > 0) this.#announceLater(rest, { job, part: { ...part, before: part.before + now.length } });
  }

  /** Goes on when others had their turn. */
  #goOn(job: Job, run: () => void): void {
    const { soon } = this.#world.hub.clock;
    if (this.#isSliced && soon) this.#waiting.set(job, soon(this.#once(job, run)));
    else run();
  }

  #once(job: Job, run: () => void): () => void {
    return () => {
      if (!this.#waiting.delete(job)) return;
      run();
      this.#world.waiting.finished();
    };
  }

  /** What happens while time stands still belongs to one moment. */
  get #isSliced(): boolean {
    return this.#world.clock.mode === 'real' && this.#world.hub.clock.soon !== undefined;
  }
}
