import { Ring } from '../outbox/ring.ts';
import type { KeptRequest } from './request-record.ts';

/** Bytes that the bodies of all replies may take together; the oldest are let go. */
const mostHeld = 8 * 1_048_576;

type Slot = { -readonly [Name in keyof KeptRequest]: KeptRequest[Name] };

/** The requests of a tenant, newest last, bounded; a slot is filled anew instead of made anew, so that keeping costs next to nothing. */
export class RequestJournal {
  #ring: Ring<Slot>;
  #nextId = 1;
  /** Bytes of the replies that are held. */
  #held = 0;
  /** The first request, counted from 0, whose reply may still be held. */
  #oldestHeld = 0;
  #hashing: Promise<unknown> | undefined;

  constructor(limit: number) {
    this.#ring = new Ring(limit);
  }

  get dropped(): number {
    return this.#ring.dropped;
  }

  /** Resolves, and never rejects, when every body that came so far has its hash: in milliseconds. undefined when all have. */
  get hashing(): Promise<unknown> | undefined {
    return this.#hashing;
  }

  /** The id of a request that begins. */
  begin(): number {
    return this.#nextId++;
  }

  add(record: KeptRequest): void {
    const slot = this.#ring.next;
    this.#held += bytesOf(record.reply) - (slot ? bytesOf(slot.reply) : 0);
    this.#ring.add(slot ? Object.assign(slot, record) : { ...record });
    if (this.#held > mostHeld) this.#letGo();
    if (record.hash) this.#expect(record.hash.done);
  }

  /** Oldest first; copies, because slots are used again. */
  list(): readonly KeptRequest[] {
    return this.#ring.list().map((slot) => ({ ...slot }));
  }

  copy(): RequestJournal {
    const other = new RequestJournal(this.#ring.limit);
    other.#ring = this.#ring.copy((slot) => ({ ...slot }));
    other.#nextId = this.#nextId;
    other.#held = this.#held;
    other.#oldestHeld = this.#oldestHeld;
    // Copies of a record share its hash.
    if (this.#hashing) other.#expect(this.#hashing);
    return other;
  }

  #letGo(): void {
    this.#oldestHeld = Math.max(this.#oldestHeld, this.#ring.dropped);
    while (this.#held > mostHeld) {
      const slot = this.#ring.nth(this.#oldestHeld++);
      if (!slot) return;
      this.#held -= bytesOf(slot.reply);
      slot.reply = null;
    }
  }

  #expect(work: Promise<unknown>): void {
    const all: Promise<unknown> = Promise.all([this.#hashing, work]).then(() => {
      if (this.#hashing === all) this.#hashing = undefined;
    });
    this.#hashing = all;
  }
}

/** At most: a character takes one byte or two, and none can tell which. */
function bytesOf(text: string | null): number {
  return text === null ? 0 : 2 * text.length;
}
