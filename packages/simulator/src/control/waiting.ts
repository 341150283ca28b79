import type { Clock } from '../clock.ts';
import { type DeliveryFilter, type DeliveryRecord, type Journal, matches } from '../outbox/journal.ts';

/** Callers that wait for deliveries: told about each one that is finished. */
export class Waiting {
  readonly #clock: Clock;
  readonly #watchers: Set<(record: DeliveryRecord) => void> = new Set();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A delivery was delivered, given up or dropped. */
  finished(record: DeliveryRecord): void {
    for (const watch of this.#watchers) watch(record);
  }

  /** Resolves true as soon as `isDone` says so, asked now and after each finished delivery; false after `within` ms. */
  until(isDone: (finished?: DeliveryRecord) => boolean, within: number): Promise<boolean> {
    if (isDone()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const end = (result: boolean): void => {
        this.#watchers.delete(watch);
        cancel();
        resolve(result);
      };
      const watch = (record: DeliveryRecord): void => {
        if (isDone(record)) end(true);
      };
      const cancel = this.#clock.after(within, () => end(false));
      this.#watchers.add(watch);
    });
  }

  /** Resolves with what was delivered once `count` deliveries match, or with what there is after `within` ms. */
  async delivered(
    journal: Journal,
    want: { filter: DeliveryFilter; count: number; within: number },
  ): Promise<readonly DeliveryRecord[]> {
    const filter = { ...want.filter, state: 'delivered' } as const;
    let count = journal.find(filter).length;
    await this.until((record) => {
      if (record && matches(record, filter)) count++;
      return count >= want.count;
    }, want.within);
    return journal.find(filter);
  }
}
