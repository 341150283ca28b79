import type { Delivery } from './generated/aliases.ts';
import { assetEvents, type PayloadById } from './generated/events.ts';

export type { PayloadById };
export { assetEvents };

/** An entry of the event catalogue. */
export type AssetEventType = (typeof assetEvents)[number];

/** 40, 41, 42, 43 or 44. */
export type AssetEventId = AssetEventType['id'];

/** `asset.created` and so on. */
export type AssetEventName = AssetEventType['name'];

/** The name of an event id. */
export type NameOf<Id extends AssetEventId> = Extract<AssetEventType, { readonly id: Id }>['name'];

/** One known asset event: narrow by `id` or by `name`. */
export type AssetEvent = {
  readonly [Id in AssetEventId]: {
    readonly name: NameOf<Id>;
    readonly id: Id;
    readonly tenantId: number;
    readonly assetId: number;
    /** The delivery as it came: its own spelling, unknown fields included. Checked are TenantID, AssetID and EventID. */
    readonly payload: PayloadById[Id];
  };
}[AssetEventId];

/** Any other event: a task event, or one HubEx has added since. Usable as it is, without a cast. */
export interface UnknownEvent {
  readonly name: 'unknown';
  /** null when the delivery has none. */
  readonly id: number | null;
  readonly tenantId: number;
  readonly assetId: number | null;
  readonly payload: Delivery;
}

/** Everything a webhook can deliver. `switch (event.name)` narrows it. */
export type HubexEvent = AssetEvent | UnknownEvent;

/** The catalogue entry of an id, or undefined for one that is no asset event. */
export function eventById(id: number): AssetEventType | undefined {
  return assetEvents.find((event) => event.id === id);
}

/** The catalogue entry of a name, or undefined. */
export function eventByName(name: string): AssetEventType | undefined {
  return assetEvents.find((event) => event.name === name);
}
