import type { EventType } from '@hubex-kit/contract';
import { listEvents } from '@hubex-kit/contract/routes';
import { collect } from '../paging/walk.ts';
import type { Call } from '../send/call.ts';
import type { CallOptions } from '../send/typed.ts';

/** The event catalogue of the tenant. */
export interface EventsGroup {
  /** Every event webhooks can be bound to, whichever container HubEx sends them in. */
  list(options?: CallOptions): Promise<EventType[]>;
}

/** @internal */
export function eventsGroup(call: Call): EventsGroup {
  return { list: (options = {}) => collect<EventType>(call, { route: listEvents, input: options }) };
}
