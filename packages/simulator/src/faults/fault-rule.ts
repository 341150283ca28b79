import type { OperationId } from '@hubex-kit/contract/operations';
import type { ApiFault } from './api-fault.ts';
import type { DeliveryFault } from './delivery-fault.ts';

/** Calls of the API that a rule is about; what is left out matches every call. */
export interface ApiPlace {
  readonly operationId?: OperationId;
  /** Upper case. */
  readonly method?: string;
  /** Below the base, such as /ES/Assets/*; * stands for one segment, ** at the end for any rest. Case does not matter (B002). */
  readonly path?: string;
}

/** Deliveries that a rule is about; what is left out matches every delivery. */
export interface DeliveryPlace {
  readonly eventId?: number;
  readonly assetId?: number;
  readonly webhookId?: number;
}

/** Which of the calls a rule is about it hits. */
export interface Which {
  /** Calls that pass first. */
  readonly skip: number;
  /** Calls that are hit; then everything has recovered. null: no end. */
  readonly times: number | null;
  /**
   * The share of calls that is hit, above 0 to 1; seeded.
   * @format double
   */
  readonly probability: number;
  /**
   * ISO 8601, UTC, by the clock of the tenant: from then on nothing is hit. null: no end.
   * @format date-time
   */
  readonly until: string | null;
}

/** Where, which and what: one thing that goes wrong. */
export type FaultRule = Which &
  (
    | { readonly on: 'api'; readonly where: ApiPlace; readonly fault: ApiFault }
    | { readonly on: 'delivery'; readonly where: DeliveryPlace; readonly fault: DeliveryFault }
  );

/** A rule of a plan, with what has come of it. */
export type PlannedRule = FaultRule & {
  /** From 1, never used again. */
  readonly id: number;
  /** Calls it was about. */
  readonly seen: number;
  /** Calls it hit. */
  readonly hits: number;
};

/** waiting: still letting calls pass; active; spent: `times` is used up; over: `until` has passed. */
export type RuleState = 'waiting' | 'active' | 'spent' | 'over';

type Loose<Fault> = Fault extends { readonly kind: string }
  ? Fault['kind'] | (Pick<Fault, 'kind'> & Partial<Omit<Fault, 'kind'>>)
  : never;

/** A fault as it is asked for: parameters that are left out have their standard values, a kind alone is a fault. */
export type AskedFault = Loose<ApiFault> | Loose<DeliveryFault>;

/**
 * A rule as it is asked for. `for` is another way to give `until`: milliseconds from now.
 * @example { on: 'api', where: { operationId: 'getAsset' }, fault: 'internal-error', times: 3 }
 */
export type AskedRule = Partial<Which> & { readonly for?: number } & (
    | { readonly on: 'api'; readonly where?: ApiPlace; readonly fault: Loose<ApiFault> }
    | { readonly on: 'delivery'; readonly where?: DeliveryPlace; readonly fault: Loose<DeliveryFault> }
  );
