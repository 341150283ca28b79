import type { HubexEvent } from '@hubex-kit/contract';

/** What the receiver hands over before it answers. */
export type InboxEntry =
  | { readonly kind: 'event'; readonly event: HubexEvent; readonly receivedAt: number }
  | { readonly kind: 'junk'; readonly reason: string; readonly text: string; readonly receivedAt: number };

/** Where deliveries are kept. The sender gets its 2xx only after `store` is done; if it fails he gets 503. */
export interface Inbox {
  store(entry: InboxEntry): void | Promise<void>;
}

/** An inbox for tests and small programs: nothing outlives the process. */
export interface MemoryInbox extends Inbox {
  /** Bodies that could not be understood, newest last, at most 1000. */
  readonly quarantine: readonly Extract<InboxEntry, { kind: 'junk' }>[];
}

const longestQuarantine = 1000;

/** Keeps junk for a look; events go straight to the handlers. */
export function createMemoryInbox(): MemoryInbox {
  const quarantine: Extract<InboxEntry, { kind: 'junk' }>[] = [];
  return {
    quarantine,
    store(entry) {
      if (entry.kind !== 'junk') return;
      quarantine.push(entry);
      if (quarantine.length > longestQuarantine) quarantine.shift();
    },
  };
}
