import type { DeliveryRecord } from '../../outbox/journal.ts';
import type { ControlDefinition } from '../control-definition.ts';
import { filterOf } from './delivery-filter.ts';

/** Picks deliveries. */
export const deliveriesFields = {
  eventId: { kind: 'integer', least: 0, most: 255, doc: 'event id, such as 41 for a changed asset' },
  assetId: { kind: 'integer', least: 0, most: 2_147_483_647, doc: 'asset id' },
  webhookId: { kind: 'integer', least: 1, most: 2_147_483_647, doc: 'webhook id' },
  state: { kind: 'enum', values: ['pending', 'delivered', 'failed', 'dropped'], doc: 'how far it came' },
} as const;

/** Deliveries found, oldest first. */
export interface Deliveries {
  readonly total: number;
  /** Records that left the bounded journal. */
  readonly dropped: number;
  readonly items: readonly DeliveryRecord[];
}

/** Lists deliveries. */
export const deliveries: ControlDefinition<typeof deliveriesFields, Deliveries> = {
  method: 'GET',
  path: '/deliveries',
  summary: 'List what was or is to be delivered, oldest first, with every attempt.',
  returns: 'total, dropped (records that left the bounded journal) and items',
  input: deliveriesFields,
  examples: [{ state: 'failed' }, { eventId: 41, assetId: 101 }],
  run(world, input) {
    const { journal } = world.outbox;
    const items = journal.find(filterOf(input));
    return { total: items.length, dropped: journal.dropped, items };
  },
};
