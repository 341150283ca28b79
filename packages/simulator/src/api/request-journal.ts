import type { FaultMark } from '../outbox/journal.ts';
import { Ring } from '../outbox/ring.ts';

/** One API request and its answer. */
export interface RequestRecord {
  readonly id: number;
  /** Milliseconds, UTC. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** null for an address that is no operation. */
  readonly operationId: string | null;
  /** null for an anonymous or refused caller. */
  readonly memberId: number | null;
  readonly status: number;
  /** Milliseconds by the clock of the tenant. */
  readonly ms: number;
  /** Bytes of the request's body. */
  readonly requestSize: number;
  /** The request's body, if it may be kept: no credentials, addresses redacted, at most 4,096 characters. */
  readonly requestBody: string | null;
  /** Characters or bytes of the answer's body. */
  readonly replySize: number;
  /** The faults that hit it; empty for none. */
  readonly faults: readonly FaultMark[];
  /** Deliveries it caused. */
  readonly deliveries: number;
}

type Slot = { -readonly [Name in keyof RequestRecord]: RequestRecord[Name] };

/** The requests of a tenant, newest last, bounded; a slot is filled anew instead of made anew, so that keeping costs next to nothing. */
export class RequestJournal {
  #ring: Ring<Slot>;
  #nextId = 1;

  constructor(limit: number) {
    this.#ring = new Ring(limit);
  }

  get dropped(): number {
    return this.#ring.dropped;
  }

  /** The id of a request that begins. */
  begin(): number {
    return this.#nextId++;
  }

  add(record: RequestRecord): void {
    const slot = this.#ring.next;
    this.#ring.add(slot ? Object.assign(slot, record) : { ...record });
  }

  /** Oldest first; copies, because slots are used again. */
  list(): readonly RequestRecord[] {
    return this.#ring.list().map((slot) => ({ ...slot }));
  }

  /** The request with this id, if it is still kept. */
  get(id: number): RequestRecord | undefined {
    const found = this.#ring.list().find((slot) => slot.id === id);
    return found && { ...found };
  }

  copy(): RequestJournal {
    const other = new RequestJournal(this.#ring.limit);
    other.#ring = this.#ring.copy((slot) => ({ ...slot }));
    other.#nextId = this.#nextId;
    return other;
  }
}
