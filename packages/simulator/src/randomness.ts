/** Seeded randomness: the same seed gives the same sequence on every runtime. Not for secrets. */
export interface Randomness {
  /** A number from 0 (included) to 1 (excluded). */
  next(): number;
  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number;
  /** One item of a list that is not empty. */
  pick<T>(items: readonly T[]): T;
  /** Characters of the alphabet A-Z a-z 0-9. */
  letters(length: number): string;
  /** Where the sequence is. */
  save(): RandomnessState;
  /** Goes on from where another sequence was. */
  load(state: RandomnessState): void;
}

/** Where a sequence is. */
export type RandomnessState = readonly [number, number, number, number];

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** sfc32 seeded by splitmix32: small, fast and good enough for names, ids and tokens of a simulation. */
export function createRandomness(seed: number): Randomness {
  let mix = seed | 0;
  const word = (): number => {
    mix = (mix + 0x9e3779b9) | 0;
    let z = mix ^ (mix >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let [a, b, c, d] = [word(), word(), word(), 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4294967296;
  };
  for (let round = 0; round < 12; round++) next();
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('Randomness.pick was given an empty list; give it at least one item.');
      return item;
    },
    letters: (length) => Array.from({ length }, () => alphabet[below(alphabet.length)]).join(''),
    save: () => [a, b, c, d],
    load(state) {
      [a, b, c, d] = state;
    },
  };
}
