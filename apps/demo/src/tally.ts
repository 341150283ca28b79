/** One event about one asset. */
export interface Happening {
  readonly eventId: number;
  readonly assetId: number;
}

/** Counts happenings; the same one may occur several times. */
export class Tally {
  readonly #counts: Map<string, number> = new Map();
  #total = 0;

  get total(): number {
    return this.#total;
  }

  add({ eventId, assetId }: Happening): void {
    const key = `${eventId} ${assetId}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    this.#total++;
  }

  /** How many of one event. */
  of(eventId: number): number {
    let sum = 0;
    for (const [key, count] of this.#counts) if (key.startsWith(`${eventId} `)) sum += count;
    return sum;
  }

  /** What is here more often than there. */
  without(other: Tally): Happening[] {
    const missing: Happening[] = [];
    for (const [key, count] of this.#counts) {
      const [eventId = 0, assetId = 0] = key.split(' ').map(Number);
      for (let left = count - (other.#counts.get(key) ?? 0); left > 0; left--) missing.push({ eventId, assetId });
    }
    return missing;
  }
}
