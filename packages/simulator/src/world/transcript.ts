/** A fingerprint as far as it has come. */
export type TranscriptState = readonly [lines: number, high: number, low: number];

/**
 * The fingerprint of what was caused: events and deliveries with their times, ids and bodies, in order. Two runs with the same fingerprint
 * caused the same, byte for byte. How receivers answered is not part of it: on sockets that depends on the machine.
 */
export class Transcript {
  #lines = 0;
  #high = 0x9e3779b9;
  #low = 0x243f6a88;

  get lines(): number {
    return this.#lines;
  }

  /** 64 bits in hexadecimal; made for telling runs apart, not for secrets. */
  get hash(): string {
    return [this.#high, this.#low].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  add(line: string): void {
    this.#lines++;
    let [high, low] = [this.#high, this.#low];
    for (let index = 0; index < line.length; index++) {
      const code = line.charCodeAt(index);
      high = Math.imul(high ^ code, 2_654_435_761);
      low = Math.imul(low ^ code, 1_597_334_677);
      high ^= low >>> 15;
    }
    // The end of a line is one of its own: two lines are not the same as their sum.
    this.#high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
    this.#low =
      Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909) ^ line.length;
  }

  save(): TranscriptState {
    return [this.#lines, this.#high, this.#low];
  }

  /** Goes on from where another one was. */
  load(state: TranscriptState): void {
    [this.#lines, this.#high, this.#low] = state;
  }

  copy(): Transcript {
    const other = new Transcript();
    other.load(this.save());
    return other;
  }
}
