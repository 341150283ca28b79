import type { AssetStore } from './asset-store.ts';
import type { Member } from './member.ts';
import type { ReferenceData } from './reference-data.ts';
import type { TokenRegister } from './token-register.ts';
import type { Webhook } from './webhook.ts';

/** One customer of HubEx: everything that belongs to it and to nobody else. */
export interface Tenant {
  readonly id: number;
  readonly name: string;
  readonly fullName: string;
  readonly uriName: string;
  readonly members: ReadonlyMap<number, Member>;
  /** Replaced, never changed in place. */
  reference: ReferenceData;
  readonly tokens: TokenRegister;
  readonly assets: AssetStore;
  readonly webhooks: Map<number, Webhook>;
  /** The ${key} store: name → value. */
  readonly variables: Map<string, Variable>;
  /** X-Concurrency-Stamp of each creation that had one → asset id (B169). */
  readonly stamps: Map<string, number>;
}

/** A named value that webhook addresses may refer to as ${name}. */
export interface Variable {
  readonly value: string;
  readonly description: string | null;
}
