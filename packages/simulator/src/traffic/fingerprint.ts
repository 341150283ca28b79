/** A running hash of texts: 64 bits as 16 hexadecimal digits. The same texts in the same order give the same digits everywhere. Not for secrets. */
export class Fingerprint {
  #a = 0xdeadbeef;
  #b = 0x41c6ce57;

  /** Takes in one text; the border between texts counts. */
  add(text: string): void {
    // In local variables: a field that leaves the range of small integers is written anew on the heap each time.
    let [a, b] = [this.#a, this.#b];
    for (let index = 0; index <= text.length; index++) {
      // The end of a text is a letter no text holds.
      const letter = index < text.length ? text.charCodeAt(index) : 0x1_0000;
      a = Math.imul(a ^ letter, 0x9e3779b1);
      b = Math.imul(b ^ letter, 0x5f356495);
      a ^= a >>> 15;
      b ^= b >>> 13;
    }
    this.#a = a;
    this.#b = b;
  }

  /** Of everything so far. */
  get digits(): string {
    return [this.#a, this.#b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
  }
}
