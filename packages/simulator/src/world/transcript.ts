/**
 * The fingerprint of what was caused: events and deliveries with their times, ids and bodies, in order. Two runs with the same fingerprint
 * caused the same, byte for byte. How receivers answered is not part of it: on sockets that depends on the machine.
 */
export class Transcript {
  #lines = 0;
  #words: [number, number, number, number] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0xdeadbeef];

  get lines(): number {
    return this.#lines;
  }

  /** 128 bits in hexadecimal; made for telling runs apart, not for secrets. */
  get hash(): string {
    return this.#words.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  add(line: string): void {
    this.#lines++;
    let [a, b, c, d] = this.#words;
    for (let index = 0; index < line.length; index++) {
      const code = line.charCodeAt(index);
      a = b ^ Math.imul(a ^ code, 597_399_067);
      b = c ^ Math.imul(b ^ code, 2_869_860_233);
      c = d ^ Math.imul(c ^ code, 951_274_213);
      d = a ^ Math.imul(d ^ code, 2_716_044_179);
    }
    // The end of a line is one of its own: two lines are not the same as their sum.
    this.#words = [b ^ (a >>> 15), c ^ (b >>> 13), d ^ (c >>> 16), a ^ (d >>> 14) ^ line.length];
  }

  copy(): Transcript {
    const other = new Transcript();
    other.#lines = this.#lines;
    other.#words = [...this.#words];
    return other;
  }
}
