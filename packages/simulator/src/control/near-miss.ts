import type { Webhook } from '../domain/webhook.ts';
import type { EventRecord, Silence } from '../outbox/event-log.ts';
import type { DeliveryFilter, DeliveryRecord } from '../outbox/journal.ts';
import { matches } from '../outbox/journal.ts';
import type { TenantWorld } from '../world/tenant-world.ts';

/** Why what was waited for did not come. */
export interface NearMiss {
  /** In plain words, the likeliest first. */
  readonly reasons: readonly string[];
  /** The deliveries that come nearest, and in what they differ. */
  readonly closest: readonly {
    readonly delivery: Pick<DeliveryRecord, 'id' | 'webhookId' | 'eventId' | 'assetId' | 'state' | 'created'>;
    readonly differs: readonly { readonly field: string; readonly wanted: unknown; readonly found: unknown }[];
  }[];
}

/** Things of one kind that are shown. */
const most = 5;

/** Looks for reasons why no delivery fits: delivered ones are wanted unless the filter says otherwise. */
export function nearMiss(world: TenantWorld, filter: DeliveryFilter): NearMiss {
  const wanted: DeliveryFilter = { state: 'delivered', ...filter };
  const { webhooks } = world.tenant;
  const reasons: string[] = [];
  const { webhookId } = filter;
  if ([...webhooks.values()].every(({ deleted }) => deleted))
    reasons.push(
      `No webhook is registered in tenant ${world.id}; register one with POST /MSG/Webhooks or /__mock/subscribe.`,
    );
  else if (webhookId !== undefined && !webhooks.has(webhookId))
    reasons.push(`There is no webhook ${webhookId} in tenant ${world.id}.`);
  const { state: _, ...anyState } = filter;
  const unfinished = world.outbox.journal.find(anyState).filter(({ state }) => state !== wanted.state);
  reasons.push(...unfinished.slice(-most).map(describeDelivery));
  const events = world.outbox.events.list().filter((event) => isAbout(event, filter));
  if (events.length > 0) reasons.push(...silences(events, { webhooks, webhookId }).slice(-most));
  else reasons.push(`No ${named(filter)} was caused in tenant ${world.id}.`, ...others(world, filter));
  return { reasons, closest: closest(world.outbox.journal.find({}), wanted) };
}

function isAbout(event: EventRecord, { eventId, assetId }: DeliveryFilter): boolean {
  return (eventId === undefined || event.eventId === eventId) && (assetId === undefined || event.assetId === assetId);
}

/** `event 41 of asset 101` */
function named({ eventId, assetId }: DeliveryFilter): string {
  return `event${eventId === undefined ? '' : ` ${eventId}`}${assetId === undefined ? '' : ` of asset ${assetId}`}`;
}

function describeDelivery(record: DeliveryRecord): string {
  const { id, webhookId, state, reason, attempts } = record;
  const tried = attempts.length > 0 ? ` after ${attempts.length} attempt${attempts.length === 1 ? '' : 's'}` : '';
  return `Delivery ${id} to webhook ${webhookId} is ${state}${tried}${faultsOf(record)}${reason === undefined ? '' : `: ${reason.replace(/\.$/, '')}`}.`;
}

/** ` (fault 2: late)`; the reason of what a fault dropped says it already. */
function faultsOf({ state, faults = [], attempts }: DeliveryRecord): string {
  const last = attempts.at(-1)?.fault;
  const marks = state === 'dropped' ? [] : last ? [...faults, last] : faults;
  return marks.length === 0 ? '' : ` (${marks.map(({ rule, kind }) => `fault ${rule}: ${kind}`).join(', ')})`;
}

function silences(
  events: readonly EventRecord[],
  { webhooks, webhookId }: { webhooks: ReadonlyMap<number, Webhook>; webhookId: number | undefined },
): readonly string[] {
  return events.flatMap((event) =>
    event.silent
      .filter((each) => webhookId === undefined || each.webhookId === webhookId)
      .map((each) => {
        const by = `${event.cause}${event.requestId === null ? '' : `, request ${event.requestId}`}`;
        const webhook = webhooks.get(each.webhookId);
        return `${named(event)} (${by}) did not reach webhook ${each.webhookId}: ${because(each.why, webhook)}.`;
      }),
  );
}

function because(why: Silence, webhook: Webhook | undefined): string {
  switch (why) {
    case 'deleted':
      return 'it was deleted';
    case 'switched-off':
      return 'it was switched off after ten failures in a row; activate it with PUT /MSG/Webhooks/activate/{id}';
    case 'inactive':
      return 'it was not active';
    case 'not-bound':
      return `it is not bound to that event, only to ${webhook?.events.join(', ') || 'none'}`;
    default:
      return why satisfies never;
  }
}

/** Where the event was seen instead. */
function others(world: TenantWorld, filter: DeliveryFilter): readonly string[] {
  const here = world.outbox.events.list();
  const { eventId, assetId } = filter;
  const latest =
    here.findLast((event) => event.assetId === assetId) ?? here.findLast((event) => event.eventId === eventId);
  const near = latest ? [`The nearest is ${named(latest)} (${latest.cause}).`] : [];
  const elsewhere = world.hub.worlds
    .filter((other) => other !== world && other.outbox.events.list().some((event) => isAbout(event, filter)))
    .map(({ id }) => `Tenant ${id} has ${named(filter)}: does the code under test use another service token?`);
  return [...near, ...elsewhere.slice(0, most)];
}

function closest(records: readonly DeliveryRecord[], wanted: DeliveryFilter): NearMiss['closest'] {
  const fields = ['eventId', 'assetId', 'webhookId', 'state'] as const;
  return records
    .filter((record) => !matches(record, wanted))
    .map((record) => ({
      record,
      differs: fields
        .filter((field) => wanted[field] !== undefined && wanted[field] !== record[field])
        .map((field) => ({ field, wanted: wanted[field], found: record[field] })),
    }))
    .sort((a, b) => a.differs.length - b.differs.length || b.record.id - a.record.id)
    .slice(0, 3)
    .map(({ record, differs }) => {
      const { id, webhookId, eventId, assetId, state, created } = record;
      return { delivery: { id, webhookId, eventId, assetId, state, created }, differs };
    });
}
