import type { DeliveryFault } from '../faults/delivery-fault.ts';
import type { FaultPlan, FaultyDelivery, Hit } from '../faults/fault-plan.ts';
import type { Transmission } from '../transmission/transmission.ts';
import { breakBody, transmissionOf } from './broken-delivery.ts';
import type { Hold } from './held-back.ts';
import type { Cause, DeliveryRecord, FaultMark } from './journal.ts';

/** What a delivery says, and where it comes from. */
export type What = Pick<DeliveryRecord, 'eventId' | 'assetId' | 'body' | 'contentType' | 'faults' | 'depth'> & Cause;

/** What the faults of a tenant make of a delivery before its first call. */
export interface PlannedFaults {
  readonly what: What;
  /** Deliveries beside this one that say the same. */
  readonly copies: number;
  /** Why it is never called. */
  readonly dropped?: string;
  /** What it waits for before it goes out. */
  readonly hold?: Hold;
}

/** Asks the plan once for a delivery: a repeated call says the same. */
export function planFaults(plan: FaultPlan, { what, webhookId }: { what: What; webhookId: number }): PlannedFaults {
  const hits = plan.forDelivery({ eventId: what.eventId, assetId: what.assetId, webhookId });
  if (hits.length === 0) return { what, copies: 0 };
  return hits.reduce<PlannedFaults>(apply, { what: { ...what, faults: hits.map(markOf) }, copies: 0 });
}

function apply(planned: PlannedFaults, hit: Hit<DeliveryFault>): PlannedFaults {
  const { fault, randomness, rule } = hit;
  const { what } = planned;
  switch (fault.kind) {
    case 'drop':
      return { ...planned, dropped: `fault ${rule}: drop` };
    case 'duplicate':
      return { ...planned, copies: fault.copies };
    case 'late':
      return { ...planned, hold: { others: fault.others, ms: fault.ms } };
    case 'reorder': {
      const others = randomness.below(fault.window);
      return others === 0 ? planned : { ...planned, hold: { others, ms: fault.ms } };
    }
    case 'wrong-content-type':
      return { ...planned, what: { ...what, contentType: fault.contentType } };
    default:
      return { ...planned, what: { ...what, body: breakBody(what.body, hit) } };
  }
}

/** What goes wrong on the wire in one attempt. */
export interface PlannedAttempt {
  readonly fault?: FaultMark;
  readonly transmission?: Transmission;
  /** Why the answer, whatever it is, does not count. */
  readonly lost?: string;
}

/** Asks the plan for one attempt. */
export function planAttempt(plan: FaultPlan, delivery: FaultyDelivery & { readonly body: string }): PlannedAttempt {
  const hit = plan.forAttempt(delivery);
  if (!hit) return nothing;
  const fault = markOf(hit);
  if (hit.fault.kind === 'lost-answer') return { fault, lost: `the answer was lost (fault ${hit.rule})` };
  const transmission = transmissionOf(hit.fault, new TextEncoder().encode(delivery.body).byteLength);
  return transmission ? { fault, transmission } : { fault };
}

const nothing: PlannedAttempt = {};

function markOf({ rule, fault }: Hit<DeliveryFault>): FaultMark {
  return { rule, kind: fault.kind };
}
