import type { Clock } from '../clock.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { Switches } from '../generated/switches.ts';
import type { Deliverer } from './deliverer.ts';
import type { EventRecord } from './event-log.ts';
import type { Attempt, DeliveryRecord } from './journal.ts';
import type { Part } from './part.ts';

/** Is told what happens in an outbox. */
export interface OutboxObserver {
  readonly announced: (event: EventRecord) => void;
  readonly queued: (record: DeliveryRecord) => void;
  readonly attempted: (record: DeliveryRecord, attempt: Attempt) => void;
  /** Delivered, given up or dropped. */
  readonly finished: (record: DeliveryRecord) => void;
  /** No call is under way and none is about to begin; pauses may still be waited for. */
  readonly quiet: () => void;
}

/** What an outbox stands on. */
export interface OutboxParts {
  readonly tenant: Tenant;
  readonly clock: Clock;
  /** Whoever delivers now: a tenant may be given a receiver of its own. */
  readonly deliver: () => Deliverer;
  readonly switches: Switches;
  readonly faults: FaultPlan;
  /** Records each journal keeps. */
  readonly journalLimit: number;
  /** Deliveries that may follow one from the other; what would be deeper is dropped. Left out: no limit. */
  readonly maxDepth?: number;
  readonly observer: OutboxObserver;
}

/** Where events come from and to whom they go. */
export interface Announcement {
  /** The operation, or the control. */
  readonly cause: string;
  readonly requestId?: number | null;
  /** How many deliveries, one causing the other, led to the call. */
  readonly depth?: number;
  /** The one webhook to call. */
  readonly only?: number | undefined;
  /** Which part of a larger operation the events are. */
  readonly part?: Part | undefined;
}
