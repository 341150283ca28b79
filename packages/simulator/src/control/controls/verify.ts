import type { DeliveryFilter, DeliveryRecord } from '../../outbox/journal.ts';
import type { TenantWorld } from '../../world/tenant-world.ts';
import type { ControlDefinition } from '../control-definition.ts';
import { ControlError } from '../control-error.ts';
import type { Input } from '../field.ts';
import { type NearMiss, nearMiss } from '../near-miss.ts';
import { filterOf } from './delivery-filter.ts';

/** What is expected. */
export const verifyFields = {
  eventId: { kind: 'integer', least: 0, most: 255, doc: 'event id, such as 41 for a changed asset' },
  assetId: { kind: 'integer', least: 0, most: 2_147_483_647, doc: 'asset id' },
  webhookId: { kind: 'integer', least: 1, most: 2_147_483_647, doc: 'webhook id' },
  state: {
    kind: 'enum',
    values: ['delivered', 'failed', 'dropped'],
    default: 'delivered',
    doc: 'how the deliveries ended',
  },
  exactly: { kind: 'integer', least: 0, most: 1_000_000, doc: 'so many, no fewer and no more' },
  atLeast: { kind: 'integer', least: 1, most: 1_000_000, doc: 'so many or more; 1 if nothing else is asked' },
  never: { kind: 'boolean', doc: 'none at all' },
  sequence: {
    kind: 'list',
    of: { kind: 'string', longest: 20, doc: 'an event id, or an event id and an asset id' },
    longest: 1_000,
    doc: 'these in this order, others may lie between: "40 101", "41 101", or event ids alone',
  },
  within: { kind: 'duration', least: 0, most: 300_000, default: 5_000, doc: 'longest wait for it to come true' },
} as const;

/** Whether it is as expected. */
export interface Verified {
  readonly ok: boolean;
  /** What was expected and what was found. */
  readonly message: string;
  /** Deliveries that fit. */
  readonly found: number;
  readonly items: readonly DeliveryRecord[];
  /** Why something is missing, if it is. */
  readonly nearMiss?: NearMiss;
}

/** Checks what was delivered. */
export const verify: ControlDefinition<typeof verifyFields, Promise<Verified>> = {
  method: 'GET',
  path: '/verify',
  summary:
    'Check what was delivered: exactly, at least, never, or in sequence; waits for it to come true, and for silence where that is meant.',
  returns: 'ok, a message, the deliveries found, and likely reasons when some are missing',
  input: verifyFields,
  examples: [{ eventId: 40, exactly: 300 }, { sequence: ['40 101', '41 101'] }, { eventId: 42, never: true }],
  async run(world, input) {
    const filter = filterOf(input);
    const expectation = expectationOf(input);
    const deadline = world.hub.clock.now() + input.within;
    const left = (): number => Math.max(0, deadline - world.hub.clock.now());
    const found = (): readonly DeliveryRecord[] => world.outbox.journal.find(filter);
    await world.waiting.until(() => expectation.isReached(found()), left());
    // "No more than" is known only when nothing is on its way any more, or as soon as there are too many.
    if (expectation.most !== undefined) {
      const { most } = expectation;
      await world.waiting.until(() => world.pending === 0 || found().length > most, left());
    }
    return judge(world, { filter, expectation, items: found() });
  },
};

interface Expectation {
  readonly text: string;
  readonly isReached: (items: readonly DeliveryRecord[]) => boolean;
  /** undefined: any number is welcome. */
  readonly most?: number;
}

function expectationOf({ exactly, atLeast, never, sequence }: Input<typeof verifyFields>): Expectation {
  const asked = { exactly, atLeast, never, sequence };
  const given = Object.entries(asked).filter(([, value]) => value !== undefined && value !== false);
  if (given.length > 1) {
    const names = given.map(([name]) => name).join(' and ');
    throw new ControlError(given[1]?.[0] ?? 'exactly', `${names} are given; ask for one of them at a time.`);
  }
  if (sequence) {
    const steps = sequence.map(readStep);
    return { text: `in this order: ${sequence.join(', ')}`, isReached: (items) => follows(items, steps) };
  }
  if (never) return { text: 'none', isReached: () => true, most: 0 };
  if (exactly !== undefined)
    return { text: `exactly ${exactly}`, isReached: ({ length }) => length >= exactly, most: exactly };
  const least = atLeast ?? 1;
  return { text: `at least ${least}`, isReached: ({ length }) => length >= least };
}

function readStep(text: string): DeliveryFilter {
  const [, eventId, assetId] = /^(\d{1,3})(?:\s+(\d{1,10}))?$/.exec(text.trim()) ?? [];
  if (eventId === undefined)
    throw new ControlError(
      'sequence',
      `A step is an event id, or an event id and an asset id, such as "40 101"; it was ${JSON.stringify(text)}.`,
    );
  return { eventId: Number(eventId), ...(assetId !== undefined && { assetId: Number(assetId) }) };
}

/** Whether the deliveries, in the order in which they ended, contain the steps in order. */
function follows(items: readonly DeliveryRecord[], steps: readonly DeliveryFilter[]): boolean {
  let next = 0;
  for (const { eventId, assetId } of [...items].sort((a, b) => (a.finished ?? 0) - (b.finished ?? 0))) {
    const step = steps[next];
    if (step && step.eventId === eventId && (step.assetId === undefined || step.assetId === assetId)) next++;
  }
  return next >= steps.length;
}

function judge(
  world: TenantWorld,
  {
    filter,
    expectation,
    items,
  }: { filter: DeliveryFilter; expectation: Expectation; items: readonly DeliveryRecord[] },
): Verified {
  const { text, isReached, most } = expectation;
  const isReachedNow = isReached(items);
  const ok = isReachedNow && (most === undefined || items.length <= most);
  const about = Object.entries(filter)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
  const list = items
    .slice(0, 10)
    .map(({ id, webhookId, eventId, assetId }) =>
      `#${id} to webhook ${webhookId}: ${eventId ?? 'raw'} ${assetId ?? ''}`.trim(),
    );
  const shown = list.length === 0 ? 'none' : `${items.length} (${list.join('; ')}${items.length > 10 ? '; …' : ''})`;
  const message = `Expected ${text} of the deliveries with ${about}; found ${shown}.`;
  if (ok || isReachedNow) return { ok, message, found: items.length, items };
  return { ok, message, found: items.length, items, nearMiss: nearMiss(world, filter) };
}
