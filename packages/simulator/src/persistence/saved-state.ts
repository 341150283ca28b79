import type { Asset } from '../domain/asset.ts';
import type { Member } from '../domain/member.ts';
import type { ReferenceData } from '../domain/reference-data.ts';
import type { SavedTokens } from '../domain/token-register.ts';
import type { Webhook } from '../domain/webhook.ts';
import type { FaultPlanState } from '../faults/fault-plan.ts';
import type { Item } from '../outbox/lane.ts';
import type { RandomnessState } from '../randomness.ts';
import type { SavedRun } from '../traffic/saved-run.ts';
import type { Job } from '../world/jobs.ts';
import type { ClockState } from '../world/tenant-clock.ts';
import type { Beginning } from '../world/world-order.ts';

/** What a saved state calls itself. */
export const stateFormat = 'hubex-mock-state';

/** Grows when the shape changes. A state of another version is refused. */
export const stateVersion = 2;

/** All tenants of a simulator as plain data: what JSON gives back is what it was given. Holds tokens. */
export interface SavedState {
  readonly format: typeof stateFormat;
  readonly version: typeof stateVersion;
  readonly tenants: readonly SavedTenant[];
}

/** One tenant: its content, time, switches, faults and what is still to be delivered; journals, sinks and snapshots are not kept. */
export interface SavedTenant {
  readonly id: number;
  readonly serviceToken: string;
  readonly beginning: Beginning;
  readonly clock: ClockState;
  readonly randomness: RandomnessState;
  readonly switches: Beginning['switches'];
  readonly faults: FaultPlanState;
  readonly content: SavedContent;
  readonly outbox: SavedOutbox;
  /** Accepted imports whose rows are not written, or whose events are not all announced. */
  readonly jobs: readonly Job[];
  /** The scenario that runs; none or one. */
  readonly scenarios: readonly SavedRun[];
}

/** What assets refer to, as lists. */
export type SavedReference = {
  readonly [Kind in keyof ReferenceData]: ReferenceData[Kind] extends ReadonlyMap<number, infer Item>
    ? readonly Item[]
    : never;
};

/** What belongs to a tenant. Lists of pairs stand for maps. */
export interface SavedContent {
  readonly name: string;
  readonly fullName: string;
  readonly uriName: string;
  readonly members: readonly (Omit<Member, 'permissions'> & { readonly permissions: readonly string[] })[];
  readonly reference: SavedReference;
  readonly tokens: SavedTokens;
  readonly nextAssetId: number;
  /** Deleted ones included, in id order. */
  readonly assets: readonly Asset[];
  readonly webhooks: readonly Webhook[];
  readonly variables: readonly (readonly [string, { readonly value: string; readonly description: string | null }])[];
  readonly stamps: readonly (readonly [string, number])[];
}

/** What is on its way. */
export interface SavedOutbox {
  readonly nextId: number;
  readonly finished: number;
  readonly lanes: readonly {
    readonly webhook: Webhook;
    readonly isOwn: boolean;
    readonly items: readonly Omit<Item, 'stop'>[];
  }[];
}
