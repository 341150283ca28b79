import type { Clock } from '../clock.ts';

/** What it stands on. */
export interface OwedSettings {
  /** Makes a comparison begun at `since` or later, or joins one. */
  readonly compare: (since: number) => Promise<unknown>;
  readonly clock: Clock;
  readonly onError: (cause: unknown) => void;
}

const pauseMs = 60_000;

/** A comparison that is due because something is known to be lost. It is tried until one has come to its end. */
export class OwedComparison {
  readonly #settings: OwedSettings;
  /** What happened until then may be lost; 0: nothing. */
  #since = 0;
  #cancel: (() => void) | undefined;
  #isOver = false;

  constructor(settings: OwedSettings) {
    this.#settings = settings;
  }

  /** What happened until `since` may be lost. Compares `afterMs` from now, once for everything that is owed by then. */
  owe(since: number, afterMs = 0): void {
    this.#since = Math.max(this.#since, since);
    if (!this.#isOver) this.#cancel ??= this.#settings.clock.after(afterMs, () => void this.#pay());
  }

  /** Something that refuses deliveries is given time to recover, and many refusals cost one comparison. */
  oweSoon(since: number): void {
    this.owe(since, pauseMs);
  }

  /** What is owed then is found by the next start. */
  stop(): void {
    this.#isOver = true;
    this.#cancel?.();
  }

  async #pay(): Promise<void> {
    this.#cancel = undefined;
    const since = this.#since;
    try {
      await this.#settings.compare(since);
      if (this.#since === since) this.#since = 0;
    } catch (cause) {
      this.#settings.onError(cause);
    }
    if (this.#since > 0) this.owe(this.#since, pauseMs);
  }
}
