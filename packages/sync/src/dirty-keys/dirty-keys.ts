import type { Mark } from '../inbox/sync-inbox.ts';
import type { AssetState } from '../resolver/asset-state.ts';

/** A key that waits or is being worked on. Level-triggered: what counts is that it is dirty, not how often it was marked. */
export interface DirtyKey {
  readonly assetId: number;
  /** Marks not yet taken into work, oldest first. */
  marks: Mark[];
  /** When the first and the last of them came; what the quiet window counts from. */
  first: number;
  last: number;
  /** Somebody works on it. */
  busy: boolean;
  /** Failures in a row, and the earliest time of the next try. */
  failures: number;
  notBefore: number;
  /** State that came with the mark and needs no reading; null: gone. Undefined: has to be read. */
  given: AssetState | null | undefined;
}

/** What is taken into work: the marks up to `through` are done when it succeeds. */
export interface Job {
  readonly key: DirtyKey;
  readonly marks: readonly Mark[];
  readonly given: AssetState | null | undefined;
}

/** How keys wait. All in milliseconds. */
export interface Waiting {
  readonly quietMs: number;
  readonly maxWaitMs: number;
  readonly retryMs: number;
  readonly maxRetryMs: number;
}

/**
 * The set of dirty keys. Collapses only what is pending: a key marked while it is being worked on is dirty again afterwards. One
 * job a key at a time.
 */
export class DirtyKeys {
  readonly keys: Map<number, DirtyKey> = new Map();
  readonly #waiting: Waiting;
  #lastMark = 0;

  constructor(waiting: Waiting) {
    this.#waiting = waiting;
  }

  /** Notes a mark. With `given` the state is known already, unless the key was dirty before: then the given state may be too old. */
  mark(mark: Mark, now: number, given?: AssetState | null): void {
    const known = this.keys.get(mark.assetId);
    const key: DirtyKey = known ?? {
      assetId: mark.assetId,
      marks: [],
      first: now,
      last: now,
      busy: false,
      failures: 0,
      notBefore: 0,
      given,
    };
    if (known) known.given = undefined;
    else this.keys.set(mark.assetId, key);
    if (key.marks.length === 0) key.first = now;
    key.marks.push(mark);
    key.last = now;
    if (given === undefined) this.#lastMark = now;
  }

  /**
   * Takes what is due. When more is due than there are calls to spare, it waits for the storm to calm down (at most maxWaitMs),
   * because one list read then answers for thousands of keys.
   */
  take(now: number, spare: number): { readonly jobs: readonly Job[]; readonly next: number } {
    const { quietMs, maxWaitMs } = this.#waiting;
    let next = Number.POSITIVE_INFINITY;
    let oldest = now;
    const due: DirtyKey[] = [];
    for (const key of this.keys.values()) {
      if (key.busy || key.marks.length === 0) continue;
      const quiet = key.given === undefined ? Math.min(key.last + quietMs, key.first + maxWaitMs) : 0;
      const at = Math.max(quiet, key.notBefore);
      if (at > now) next = Math.min(next, at);
      else {
        due.push(key);
        oldest = Math.min(oldest, key.first);
      }
    }
    const calm = Math.min(this.#lastMark + quietMs, oldest + maxWaitMs);
    const toRead = due.filter(({ given }) => given === undefined).length;
    const held = toRead > spare && calm > now;
    const jobs = due.filter(({ given }) => !held || given !== undefined).map((key) => this.#start(key));
    return { jobs, next: held ? Math.min(next, calm) : next };
  }

  #start(key: DirtyKey): Job {
    const job = { key, marks: key.marks, given: key.given };
    key.marks = [];
    key.busy = true;
    key.given = undefined;
    return job;
  }

  /** Ends a job. After a failure its marks wait again, longer each time; `jitter` is from 0 to 1. */
  finish(
    { key, marks }: Job,
    outcome: { readonly ok: true } | { readonly ok: false; readonly now: number; readonly jitter: number },
  ): void {
    key.busy = false;
    key.failures = outcome.ok ? 0 : key.failures + 1;
    if (!outcome.ok) {
      const { retryMs, maxRetryMs } = this.#waiting;
      key.marks.unshift(...marks);
      key.notBefore =
        outcome.now + Math.min(maxRetryMs, retryMs * 2 ** (key.failures - 1)) * (0.5 + outcome.jitter / 2);
    } else if (key.marks.length === 0) this.keys.delete(key.assetId);
  }
}
