import type { NewRecord } from './new-record.ts';
import type { Mark } from './sync-inbox.ts';

interface Job {
  readonly records: readonly NewRecord[];
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** Rows, and characters of text, in one statement. A single call with more goes alone. */
const mostRows = 2_000;
const mostText = 8_000_000;

/**
 * Appends one batch at a time; what arrives meanwhile becomes the next one. A slow database thus gets larger batches, not more
 * connections.
 */
export class AppendQueue {
  readonly #append: (records: readonly NewRecord[]) => Promise<readonly Mark[]>;
  readonly #committed: (marks: readonly Mark[]) => void;
  #jobs: Job[] = [];
  #running: Promise<void> | undefined;

  /** `append` resolves after commit with the marks it opened; `committed` hears of them before the callers do. */
  constructor(
    append: (records: readonly NewRecord[]) => Promise<readonly Mark[]>,
    committed: (marks: readonly Mark[]) => void,
  ) {
    this.#append = append;
    this.#committed = committed;
  }

  add(records: readonly NewRecord[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#jobs.push({ records, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing waits. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // Lets whoever is about to add in this turn add.
    await Promise.resolve();
    while (this.#jobs.length > 0) {
      const jobs = this.#take();
      try {
        const marks = await this.#append(jobs.flatMap(({ records }) => records));
        this.#tell(marks);
        for (const { resolve } of jobs) resolve();
      } catch (error) {
        for (const { reject } of jobs) reject(error);
      }
    }
    this.#running = undefined;
  }

  #take(): Job[] {
    let [rows, text, count] = [0, 0, 0];
    for (const { records } of this.#jobs) {
      rows += records.length;
      for (const record of records) text += record.text.length;
      if (count > 0 && (rows > mostRows || text > mostText)) break;
      count++;
    }
    return this.#jobs.splice(0, count);
  }

  #tell(marks: readonly Mark[]): void {
    try {
      if (marks.length > 0) this.#committed(marks);
    } catch {
      // The marks are kept whatever a listener makes of them; whoever reads open marks finds them.
    }
  }
}
