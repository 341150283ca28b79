import type { Clock } from '../clock.ts';
import type { Mark, SyncInbox } from './sync-inbox.ts';

/** What a feed stands on. */
export interface FeedSettings {
  readonly inbox: SyncInbox;
  readonly clock: Clock;
  /** Milliseconds between looks for marks that other processes have stored. */
  readonly pollMs: number;
  readonly onMarks: (marks: readonly Mark[]) => void;
  readonly onError: (cause: unknown) => void;
  readonly onRefused?: (() => void) | undefined;
}

/** Brings every open mark once: those of an earlier run, those stored through this inbox object, and those of other processes. */
export class InboxFeed {
  readonly #settings: FeedSettings;
  /** Marks up to this sequence are known. */
  #seen = 0;
  /** Sequences above it that the inbox has told of by itself. */
  readonly #heard: Set<number> = new Set();
  #cancel: (() => void) | undefined;
  #isOn = false;

  constructor(settings: FeedSettings) {
    this.#settings = settings;
  }

  /** Resolves when the marks of earlier runs have been brought. */
  start(): Promise<void> {
    this.#isOn = true;
    const { inbox, onMarks, onRefused } = this.#settings;
    inbox.listen((marks) => {
      for (const { sequence } of marks) this.#heard.add(sequence);
      onMarks(marks);
    }, onRefused);
    return this.#poll();
  }

  stop(): void {
    this.#isOn = false;
    this.#settings.inbox.listen(undefined);
    this.#cancel?.();
  }

  async #poll(): Promise<void> {
    const { inbox, clock, pollMs, onMarks, onError } = this.#settings;
    try {
      for (;;) {
        const heard = [...this.#heard].reduce((a, b) => Math.max(a, b), this.#seen);
        const marks = await inbox.open(this.#seen, 10_000);
        const unheard = marks.filter(({ sequence }) => !this.#heard.has(sequence));
        if (unheard.length > 0) onMarks(unheard);
        // Nothing more: all that was heard until then has been committed, and with it everything before it.
        this.#seen = marks.at(-1)?.sequence ?? heard;
        for (const sequence of this.#heard) if (sequence <= this.#seen) this.#heard.delete(sequence);
        if (marks.length === 0) break;
      }
    } catch (cause) {
      onError(cause);
    }
    if (this.#isOn) this.#cancel = clock.after(pollMs, () => void this.#poll());
  }
}
