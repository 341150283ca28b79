import type { Clock } from '../clock.ts';
import { type DeliveryFilter, type DeliveryRecord, type Journal, matches } from '../outbox/journal.ts';

interface Watcher {
  readonly watch: (record?: DeliveryRecord) => void;
  readonly end: () => void;
}

/**
 * Callers that wait: told about each delivery that is finished. How long they wait is measured on the host's clock, because a tenant's time
 * may stand still.
 */
export class Waiting {
  readonly #clock: Clock;
  readonly #watchers: Set<Watcher> = new Set();
  #isClosed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A delivery was delivered, given up or dropped; or, without one, something else that may be waited for has happened. */
  finished(record?: DeliveryRecord): void {
    for (const { watch } of this.#watchers) watch(record);
  }

  /** Ends every wait that is under way, as if its time were up. */
  endAll(): void {
    for (const { end } of this.#watchers) end();
  }

  /** Ends every wait, now and later. */
  close(): void {
    this.#isClosed = true;
    this.endAll();
  }

  /** Resolves true as soon as `isDone` says so, asked now and after each finished delivery; false after `within` ms. */
  until(isDone: (finished?: DeliveryRecord) => boolean, within: number): Promise<boolean> {
    if (isDone()) return Promise.resolve(true);
    if (this.#isClosed || within === 0) return Promise.resolve(false);
    return new Promise((resolve) => {
      const end = (result: boolean): void => {
        this.#watchers.delete(watcher);
        cancel();
        resolve(result);
      };
      const watcher: Watcher = {
        watch: (record) => isDone(record) && end(true),
        end: () => end(false),
      };
      const cancel = this.#clock.after(within, watcher.end);
      this.#watchers.add(watcher);
    });
  }

  /** Resolves with what was delivered once `count` deliveries match, or with what there is after `within` ms. */
  async delivered(
    journal: () => Journal,
    want: { filter: DeliveryFilter; count: number; within: number },
  ): Promise<readonly DeliveryRecord[]> {
    const filter = { ...want.filter, state: 'delivered' } as const;
    let count = journal().find(filter).length;
    await this.until((record) => {
      if (record && matches(record, filter)) count++;
      return count >= want.count;
    }, want.within);
    return journal().find(filter);
  }
}
