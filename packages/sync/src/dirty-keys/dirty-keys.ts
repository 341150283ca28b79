import type { Mark } from '../inbox/sync-inbox.ts';
import type { AssetState } from '../resolver/asset-state.ts';

/** A key that waits or is being worked on. Level-triggered: what counts is that it is dirty, not how often it was marked. */
export interface DirtyKey {
  readonly assetId: number;
  /** Marks not yet taken into work, oldest first. */
  marks: Mark[];
  /** When the oldest of them came. */
  first: number;
  /** When it may be taken: after the quiet window, and after the pause that follows a failure. */
  due: number;
  /** Somebody works on it. A key that is not busy has marks. */
  busy: boolean;
  /** Failures in a row. */
  failures: number;
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
  /** When the storm is over if no further mark comes. */
  #calm = 0;

  constructor(waiting: Waiting) {
    this.#waiting = waiting;
  }

  /** Notes a mark. With `given` the state is known already, unless the key was dirty before: then the given state may be too old. */
  mark(mark: Mark, now: number, given?: AssetState | null): void {
    const { quietMs, maxWaitMs } = this.#waiting;
    const { assetId } = mark;
    const fresh: DirtyKey = { assetId, marks: [], first: now, due: 0, busy: false, failures: 0, given };
    const key = this.keys.get(assetId) ?? fresh;
    this.keys.set(assetId, key);
    if (key !== fresh) key.given = undefined;
    if (!key.marks.length) key.first = now;
    key.marks.push(mark);
    if (key.given === undefined) {
      this.#calm = now + quietMs;
      key.due = Math.max(key.due, Math.min(now + quietMs, key.first + maxWaitMs));
    }
  }

  /**
   * Takes what is due. When more is due than there are calls to spare, it waits for the storm to calm down (at most maxWaitMs),
   * because one list read then answers for thousands of keys.
   */
  take(now: number, spare: number): { readonly jobs: readonly Job[]; readonly next: number } {
    let next = Number.POSITIVE_INFINITY;
    let calm = this.#calm;
    const ready: DirtyKey[] = [];
    for (const key of this.keys.values()) {
      if (key.busy) continue;
      if (key.due > now) next = Math.min(next, key.due);
      else {
        ready.push(key);
        calm = Math.min(calm, key.first + this.#waiting.maxWaitMs);
      }
    }
    const given = ready.filter((key) => key.given !== undefined);
    const held = calm > now && ready.length - given.length > spare;
    const jobs = (held ? given : ready).map((key) => {
      const job = { ...key, key };
      key.marks = [];
      key.busy = true;
      key.given = undefined;
      return job;
    });
    return { jobs, next: held ? Math.min(next, calm) : next };
  }

  /** Ends a job. After a failure its marks wait again, longer each time; `jitter` is from 0 to 1. */
  finish({ key, marks }: Job, failure?: { readonly now: number; readonly jitter: number }): void {
    key.busy = false;
    if (failure) {
      const { retryMs, maxRetryMs } = this.#waiting;
      const pause = Math.min(maxRetryMs, retryMs * 2 ** key.failures++) * (0.5 + failure.jitter / 2);
      key.due = Math.max(key.due, failure.now + pause);
      key.marks = [...marks, ...key.marks];
    } else {
      key.failures = 0;
      if (!key.marks.length) this.keys.delete(key.assetId);
    }
  }
}
