import type { AssetEvent } from '../domain/asset.ts';
import type { Webhook } from '../domain/webhook.ts';
import type { Later } from '../operations/operation.ts';
import type { Part } from '../outbox/part.ts';
import type { TenantWorld } from './tenant-world.ts';

/** What is to be done after an answer, such as writing the rows of an import (B231). It holds no tenant: that is given when its time has come. */
export interface Job {
  /** Milliseconds, UTC, by the tenant's clock. */
  readonly due: number;
  readonly cause: { readonly cause: string; readonly requestId: number; readonly depth?: number };
  readonly run: (later: Later) => void;
}

/** Events announced in one turn: less than a millisecond, so that a large import does not keep other callers waiting. */
const slice = 100;

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
    const work = (): void => {
      if (this.#waiting.delete(job)) this.#do(job);
    };
    const ms = job.due - clock.now();
    const cancel = ms > 0 ? clock.after(ms, work) : (): void => undefined;
    this.#waiting.set(job, cancel);
    if (ms <= 0) Promise.resolve().then(work);
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

  #do({ cause, run }: Job): void {
    const { tenant, switches, clock, waiting } = this.#world;
    run({
      ...{ tenant, switches, now: clock.now() },
      announce: (events, part) => this.#announce(events, { cause, part }),
      goOn: (next) => this.#goOn({ due: clock.now(), cause, run: next }),
    });
    waiting.finished();
  }

  /** While time passes by itself, many events go out slice by slice. */
  #announce(events: readonly AssetEvent[], from: { cause: Job['cause']; part: Part | undefined }): void {
    const { cause, part = { before: 0, of: events.length } } = from;
    const [now, rest] = this.#isSliced ? [events.slice(0, slice), events.slice(slice)] : [events, []];
    this.#world.outbox.announce(now, { ...cause, part });
    if (rest.length === 0) return;
    const { listening = copied(this.#world.tenant.webhooks) } = part;
    const next = { before: part.before + now.length, of: part.of, listening };
    this.#goOn({ due: this.#world.clock.now(), cause, run: ({ announce }) => announce(rest, next) });
  }

  /** What happens while time stands still belongs to one moment. */
  get #isSliced(): boolean {
    return this.#world.clock.mode === 'real' && this.#world.hub.clock.soon !== undefined;
  }

  #goOn(job: Job): void {
    const { clock } = this.#world.hub;
    const work = (): void => {
      if (this.#waiting.delete(job)) this.#do(job);
    };
    if (this.#isSliced && clock.soon) this.#waiting.set(job, clock.soon(work));
    else this.#do(job);
  }
}

function copied(webhooks: ReadonlyMap<number, Webhook>): ReadonlyMap<number, Webhook> {
  return new Map([...webhooks].map(([id, webhook]) => [id, { ...webhook }]));
}
