import { type Clock, pause } from '../clock.ts';

interface Hashing {
  readonly crypto?: {
    readonly subtle?: { digest(algorithm: 'SHA-256', body: Uint8Array): Promise<ArrayBuffer> };
  };
}
// Pages without a secure context lack `subtle`.
const platform = globalThis as unknown as Hashing; // the types of the platform are those of whoever compiles

/**
 * The SHA-256 of a body, worked out beside everything else: a workbook of 10 MB must not keep its answer waiting. An object of its own, so
 * that every record of the request, also one in a snapshot that was taken meanwhile, comes to have it, and no other request ever does.
 */
export class BodyHash {
  /** Resolves when `text` says what it will say from then on; never rejects. */
  readonly done: Promise<void>;
  #text: string | null = null;

  /** Begins when others had their turn on `clock`: the platform copies the body first, which for 10 MB takes 20 ms. Until then it must not change. */
  constructor(body: Uint8Array, clock: Clock) {
    this.done = this.#work(body, clock);
  }

  /** In hexadecimal; null until it is known, and for good where the platform has no `crypto.subtle`. */
  get text(): string | null {
    return this.#text;
  }

  async #work(body: Uint8Array, clock: Clock): Promise<void> {
    await pause(clock);
    try {
      const hash = await platform.crypto?.subtle?.digest('SHA-256', body);
      if (hash) this.#text = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
    } catch {
      // A view of shared memory, say: what cannot be hashed has no hash, and the request was answered all the same.
    }
  }
}
