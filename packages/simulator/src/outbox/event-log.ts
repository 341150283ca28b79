import type { Cause } from './journal.ts';
import { Ring } from './ring.ts';

/** Why a webhook did not fire for an event. */
export type Silence = 'deleted' | 'switched-off' | 'inactive' | 'not-bound';

/** An event of an asset, whether or not a webhook was there for it. */
export interface EventRecord extends Cause {
  readonly id: number;
  /** Milliseconds, UTC. */
  readonly at: number;
  readonly eventId: number;
  readonly assetId: number;
  /** Deliveries it caused. */
  readonly deliveries: readonly number[];
  /** The webhooks that stayed silent, and why at that moment. */
  readonly silent: readonly { readonly webhookId: number; readonly why: Silence }[];
}

/** The events of a tenant, newest last, bounded. Also counts the events of each asset. */
export class EventLog {
  #ring: Ring<EventRecord>;
  #versions: Map<number, number> = new Map();

  constructor(limit: number) {
    this.#ring = new Ring(limit);
  }

  /** Events ever logged. */
  get added(): number {
    return this.#ring.added;
  }

  get dropped(): number {
    return this.#ring.dropped;
  }

  /** The number of the next event of an asset. */
  nextVersion(assetId: number): number {
    const version = (this.#versions.get(assetId) ?? 0) + 1;
    this.#versions.set(assetId, version);
    return version;
  }

  add(
    { cause, requestId, batch, assetVersion }: Cause,
    { at, eventId, assetId, deliveries, silent }: Omit<EventRecord, keyof Cause | 'id'>,
  ): EventRecord {
    const id = this.#ring.added + 1;
    // Written out: in a storm, copying by spread costs more than everything else here.
    const record = { id, cause, requestId, batch, assetVersion, at, eventId, assetId, deliveries, silent };
    this.#ring.add(record);
    return record;
  }

  list(): readonly EventRecord[] {
    return this.#ring.list();
  }

  copy(): EventLog {
    const other = new EventLog(this.#ring.limit);
    other.#ring = this.#ring.copy((event) => event);
    other.#versions = new Map(this.#versions);
    return other;
  }
}
