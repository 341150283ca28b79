import type { Offer } from '../engine-settings.ts';
import type { Mark } from '../inbox/sync-inbox.ts';

/** A key that waits or is being worked on. Level-triggered: what counts is that it is dirty, not how often it was marked. */
export interface DirtyKey {
  readonly assetId: number;
  /** Marks not yet taken into work, oldest first. */
  marks: Mark[];
  /** Marks that are being worked on, oldest first; none: nobody works on it, and it has marks that wait. */
  taken: readonly Mark[];
  /** When the oldest of the waiting marks came. */
  first: number;
  /** When it may be taken: after the quiet window, and after the pause that follows a failure. */
  due: number;
  /** Failures in a row. */
  failures: number;
  /** The state, if it came with the mark and need not be read. */
  given: Offer | undefined;
}

/** How keys wait. All in milliseconds. */
export interface Waiting {
  readonly quietMs: number;
  readonly maxWaitMs: number;
  readonly retryMs: number;
  readonly maxRetryMs: number;
}

/** The set of dirty keys. Collapses only what is pending; one job a key at a time. */
export interface DirtyKeys {
  readonly keys: ReadonlyMap<number, DirtyKey>;
  /** Notes a mark. With `given` the state is known already, unless the key was dirty before: then the given state may be too old. */
  mark(mark: Mark, now: number, given?: Offer): void;
  /**
   * Takes what is due. When more is due than there are calls to spare, it waits for the storm to calm down (at most maxWaitMs),
   * because one list read then answers for thousands of keys.
   */
  take(now: number, spare: number): { readonly jobs: readonly DirtyKey[]; readonly next: number };
  /** Ends the work on a key. After a failure its marks wait again, longer each time; `jitter` is from 0 to 1. */
  finish(key: DirtyKey, failure?: { readonly now: number; readonly jitter: number }): void;
}

/** Makes an empty set. A key marked while it is being worked on is dirty again afterwards. */
export function createDirtyKeys({ quietMs, maxWaitMs, retryMs, maxRetryMs }: Waiting): DirtyKeys {
  const keys = new Map<number, DirtyKey>();
  /** When the storm is over if no further mark comes. */
  let calm = 0;
  return {
    keys,
    mark(mark, now, given) {
      const { assetId } = mark;
      let key = keys.get(assetId);
      if (key) key.given = undefined;
      else {
        key = { assetId, marks: [], taken: [], first: now, due: 0, failures: 0, given };
        keys.set(assetId, key);
      }
      if (!key.marks.length) key.first = now;
      key.marks.push(mark);
      if (!key.given) {
        calm = now + quietMs;
        key.due = Math.max(key.due, Math.min(calm, key.first + maxWaitMs));
      }
    },
    take(now, spare) {
      let next = Infinity;
      let end = calm;
      const ready: DirtyKey[] = [];
      for (const key of keys.values()) {
        if (key.taken.length) continue;
        if (key.due > now) next = Math.min(next, key.due);
        else {
          ready.push(key);
          end = Math.min(end, key.first + maxWaitMs);
        }
      }
      const given = ready.filter((key) => key.given);
      const held = end > now && ready.length - given.length > spare;
      const jobs = held ? given : ready;
      for (const key of jobs) {
        key.taken = key.marks;
        key.marks = [];
      }
      return { jobs, next: held ? Math.min(next, end) : next };
    },
    finish(key, failure) {
      if (failure) {
        const pause = Math.min(maxRetryMs, retryMs * 2 ** key.failures++) * (0.5 + failure.jitter / 2);
        key.due = Math.max(key.due, failure.now + pause);
        key.marks = [...key.taken, ...key.marks];
        key.given = undefined;
      } else {
        key.failures = 0;
        if (!key.marks.length) keys.delete(key.assetId);
      }
      key.taken = [];
    },
  };
}
