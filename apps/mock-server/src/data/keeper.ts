/** Milliseconds: of quiet after which changes are written, after which they are written in any case, and of pause after a failure. */
const writeAfter = { quiet: 250, longest: 1500, failure: 2000 };

/** Writes what changes, some time after it changed. */
export interface Keeper {
  /** Something changed. */
  changed(): void;
  /** Stops when what is being written is written; then writes a last time, by `last`, and rejects when that does. */
  stop(last: () => Promise<void>): Promise<void>;
}

/** Calls `write` 250 ms after the last change, 1.5 s after the first at the latest, one at a time; what fails is told and tried again. */
export function createKeeper(write: () => Promise<void>, onError: (error: unknown) => void): Keeper {
  let timer: NodeJS.Timeout | undefined;
  /** When the first change that is not written came. */
  let since: number | undefined;
  let underWay: Promise<void> | undefined;
  let notBefore = 0;
  let isStopped = false;

  const plan = (): void => {
    clearTimeout(timer);
    if (since === undefined || underWay || isStopped) return;
    const now = performance.now();
    const due = Math.max(notBefore, Math.min(now + writeAfter.quiet, since + writeAfter.longest));
    timer = setTimeout(() => void flush().catch(onError), Math.max(0, due - now));
    timer.unref();
  };
  const flush = async (): Promise<void> => {
    since = undefined;
    // Begins at once: what changes from here on is not in it.
    underWay = write();
    try {
      await underWay;
    } catch (error) {
      since ??= performance.now();
      notBefore = performance.now() + writeAfter.failure;
      throw error;
    } finally {
      underWay = undefined;
      plan();
    }
  };
  return {
    changed() {
      since ??= performance.now();
      plan();
    },
    async stop(last) {
      isStopped = true;
      clearTimeout(timer);
      await underWay?.catch(() => undefined);
      await last();
    },
  };
}
