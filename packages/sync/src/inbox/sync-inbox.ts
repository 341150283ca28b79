import type { Inbox, InboxEntry } from '@hubex-kit/receiver';

/** Which asset: ids are unique within a tenant only. */
export interface AssetKey {
  readonly tenantId: number;
  readonly assetId: number;
}

/** Why a key is dirty. */
export type MarkSource = 'delivery' | 'reconcile' | 'replay';

/** A hint that an asset may have changed, as it is kept. */
export interface Mark extends AssetKey {
  /** Grows with every record of the inbox; never used twice. */
  readonly sequence: number;
  readonly source: MarkSource;
  /** EventID of the delivery; null for marks that are not one. */
  readonly eventId: number | null;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

/** Anything the inbox keeps: a mark with its payload, another delivery (no asset in it), or junk with the reason. */
export interface InboxRecord {
  readonly sequence: number;
  readonly kind: 'mark' | 'other' | 'junk';
  readonly source: MarkSource;
  readonly tenantId: number | null;
  readonly assetId: number | null;
  readonly eventId: number | null;
  readonly receivedAt: number;
  /** The delivery as JSON text, or the junk body as far as it was text. Empty for marks that are no delivery. */
  readonly text: string;
  /** Why it is junk; empty otherwise. */
  readonly reason: string;
  /** Whether the mark has been worked off. Other deliveries and junk count as done. */
  readonly done: boolean;
}

/** Which records to read; all conditions hold together. */
export interface RecordFilter {
  readonly kind?: InboxRecord['kind'];
  /** Received at or after, milliseconds since 1970. */
  readonly since?: number;
  readonly assetId?: number;
  readonly eventId?: number;
  /** Only sequences above this one: for reading on. */
  readonly after?: number;
}

/** What is known to have been handed to the user's handlers about one asset. */
export interface Snapshot {
  /** Digest of the state as a list shows it; undefined after onGone. */
  readonly digest: string;
}

/** How much is in the inbox. */
export interface InboxCounts {
  /** Keys that wait. */
  readonly dirty: number;
  /** Records of kind junk. */
  readonly quarantined: number;
  readonly records: number;
  /** receivedAt of the oldest open mark; undefined when nothing waits. */
  readonly oldest: number | undefined;
}

/**
 * Where sync keeps what must outlive the process. `store` (from the receiver) and every other writing method resolve only when
 * the data would survive `kill -9` and a power cut, as far as the engine promises that. A method that cannot do its work rejects;
 * it never half does it.
 */
export interface SyncInbox extends Inbox {
  /** Keeps a delivery; an event with an asset becomes an open mark, every other event `other` (done), junk `junk` (done). */
  store(entry: InboxEntry): Promise<void>;
  /** Opens marks that are no delivery. */
  mark(keys: readonly AssetKey[], source: MarkSource, receivedAt: number): Promise<void>;
  /**
   * Called after commit with every mark stored or opened through this object; `refused` when a delivery could not be stored, which
   * HubEx does not send again. One listener; the last one wins.
   */
  listen(listener: ((marks: readonly Mark[]) => void) | undefined, refused?: () => void): void;
  /** Open marks with a sequence above `after`, oldest first, at most `limit`. */
  open(after: number, limit: number): Promise<readonly Mark[]>;
  /** Closes the key's marks up to and including `through`, and keeps (or with undefined removes) its snapshot: one transaction. */
  finish(key: AssetKey, through: number, snapshot: Snapshot | undefined): Promise<void>;
  /** Snapshots of a tenant with above < assetId <= through, in id order. */
  snapshots(range: {
    readonly tenantId: number;
    readonly above: number;
    readonly through: number;
  }): Promise<ReadonlyMap<number, Snapshot>>;
  /** Records in sequence order, at most `limit`. */
  records(filter: RecordFilter, limit: number): Promise<readonly InboxRecord[]>;
  counts(): Promise<InboxCounts>;
  /** A small named value; undefined when there is none. */
  read(name: string): Promise<string | undefined>;
  /** Keeps a small named value, or removes it with undefined. */
  write(name: string, value: string | undefined): Promise<void>;
  /** Keeps a small named value only if there is none; tells whether it did. Atomic, also between processes. */
  claim(name: string, value: string): Promise<boolean>;
  /** Forgets done records received before `before`, milliseconds since 1970; returns how many. Open marks stay. */
  prune(before: number): Promise<number>;
  /** Finishes writing and lets go of files and connections. */
  close(): Promise<void>;
}
