import type { DeliveryRecord } from '../../outbox/journal.ts';
import type { ControlDefinition } from '../control-definition.ts';
import { type NearMiss, nearMiss } from '../near-miss.ts';
import { filterOf } from './delivery-filter.ts';

/** What to wait for. */
export const waitFields = {
  eventId: { kind: 'integer', least: 0, most: 255, doc: 'event id, such as 41 for a changed asset' },
  assetId: { kind: 'integer', least: 0, most: 2_147_483_647, doc: 'asset id' },
  webhookId: { kind: 'integer', least: 1, most: 2_147_483_647, doc: 'webhook id' },
  count: { kind: 'integer', least: 1, most: 1_000_000, default: 1, doc: 'deliveries to wait for' },
  within: { kind: 'duration', least: 0, most: 300_000, default: 5_000, doc: 'longest wait' },
} as const;

/** What came while somebody waited. */
export interface Waited {
  readonly ok: boolean;
  readonly items: readonly DeliveryRecord[];
  readonly missing: number;
  /** Why they did not come, if they did not. */
  readonly nearMiss?: NearMiss;
}

/** Waits for deliveries. */
export const wait: ControlDefinition<typeof waitFields, Promise<Waited>> = {
  method: 'GET',
  path: '/wait',
  summary: 'Wait until matching deliveries were answered with success; those of before count too.',
  returns: 'ok, the deliveries, how many are missing, and then the likely reasons',
  input: waitFields,
  examples: [{ eventId: 40, count: 3, within: '5s' }],
  async run(world, input) {
    const { count, within } = input;
    const filter = filterOf({ ...input, state: undefined });
    const items = await world.waiting.delivered(() => world.outbox.journal, { filter, count, within });
    if (items.length >= count) return { ok: true, items, missing: 0 };
    return { ok: false, items, missing: count - items.length, nearMiss: nearMiss(world, filter) };
  },
};
