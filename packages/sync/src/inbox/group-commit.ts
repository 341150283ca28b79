import { SyncError } from '../sync-error.ts';
import type { SqliteDatabase } from './sqlite-driver.ts';
import { explainSqlite } from './sqlite-errors.ts';
import type { Mark } from './sync-inbox.ts';

interface Job {
  readonly work: (opened: Mark[]) => () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Collects the writes of one turn of the event loop into one transaction: fifty deliveries that arrive together cost one fsync. All
 * of them resolve after the commit, or all reject.
 */
export class GroupCommit {
  readonly #db: SqliteDatabase;
  readonly #committed: (opened: readonly Mark[]) => void;
  #jobs: Job[] = [];
  #closed = false;

  /** `committed` hears of the marks that were opened, before the writes resolve. */
  constructor(db: SqliteDatabase, committed: (opened: readonly Mark[]) => void) {
    this.#db = db;
    this.#committed = committed;
  }

  /** Runs `work` in the next transaction; it puts the marks it opens into `opened`. */
  run<Result>(work: (opened: Mark[]) => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.check();
      if (this.#jobs.length === 0) setImmediate(() => this.#commit());
      const run: Job['work'] = (opened) => {
        const result = work(opened);
        return () => resolve(result);
      };
      this.#jobs.push({ work: run, reject });
    });
  }

  /** @throws SyncError `sync/inbox-failed` after close. */
  check(): void {
    if (this.#closed) throw new SyncError('sync/inbox-failed', 'SQLite: this inbox is closed; open another.');
  }

  /** Writes what waits and lets go of the file. */
  close(): void {
    if (this.#closed) return;
    this.#commit();
    this.#closed = true;
    try {
      // Leaves one file to copy or look at, without -wal beside it.
      this.#db.exec('pragma wal_checkpoint(truncate)');
    } catch {
      // Somebody else reads it. Nothing is lost: whoever opens the file next takes -wal in.
    }
    this.#db.close();
  }

  #commit(): void {
    const jobs = this.#jobs;
    this.#jobs = [];
    if (jobs.length === 0) return;
    const opened: Mark[] = [];
    let resolve: (() => void)[];
    try {
      // Immediate: a second writer is waited for here, not in the middle, where SQLite could not wait.
      this.#db.exec('begin immediate');
      resolve = jobs.map(({ work }) => work(opened));
      this.#db.exec('commit');
    } catch (cause) {
      try {
        this.#db.exec('rollback');
      } catch {
        // Most failures have rolled back already.
      }
      const error = explainSqlite('nothing was kept', cause);
      for (const { reject } of jobs) reject(error);
      return;
    }
    try {
      if (opened.length > 0) this.#committed(opened);
    } catch {
      // The marks are kept whatever a listener makes of them; whoever reads open marks finds them.
    }
    for (const each of resolve) each();
  }
}
