import { RateLimit } from '../api/rate-limit.ts';
import { RequestJournal } from '../api/request-journal.ts';
import { AssetStore } from '../domain/asset-store.ts';
import type { ReferenceData } from '../domain/reference-data.ts';
import type { Tenant } from '../domain/tenant.ts';
import { TokenRegister } from '../domain/token-register.ts';
import { EventLog } from '../outbox/event-log.ts';
import { Journal } from '../outbox/journal.ts';
import type { OutboxState } from '../outbox/outbox-state.ts';
import { createRandomness } from '../randomness.ts';
import { Sinks } from '../sink/sinks.ts';
import { tagOf } from '../world/tenant-id.ts';
import { Transcript } from '../world/transcript.ts';
import type { WorldState } from '../world/world-state.ts';
import type { SavedContent, SavedOutbox, SavedTenant } from './saved-state.ts';

/** The state a tenant goes on from; what is not kept begins anew. */
export function importTenant(saved: SavedTenant, journalLimit: number): WorldState {
  const { id, beginning, clock, switches, faults } = saved;
  const randomness = createRandomness(0);
  randomness.load(saved.randomness);
  const tokens = new TokenRegister({ id, tag: tagOf(id) }, randomness);
  tokens.restore(saved.content.tokens);
  return {
    ...{ beginning, clock, switches, faults, randomness: randomness.save() },
    tenant: tenantOf(saved.content, { id, tokens }),
    rateLimit: new RateLimit(),
    outbox: outboxOf(saved.outbox, journalLimit),
    jobs: saved.jobs,
    traffic: saved.scenarios[0],
    requests: new RequestJournal(journalLimit),
    transcript: new Transcript(),
    sinks: new Sinks(),
  };
}

function tenantOf(content: SavedContent, { id, tokens }: { id: number; tokens: TokenRegister }): Tenant {
  const { name, fullName, uriName, members, reference, nextAssetId, webhooks, variables, stamps } = content;
  const assets = new AssetStore(nextAssetId);
  for (const asset of content.assets) assets.put(asset);
  const kinds = Object.entries(reference).map(([kind, items]) => [kind, byId<{ readonly id: number }>(items)]);
  return {
    ...{ id, name, fullName, uriName, tokens, assets },
    members: byId(members.map((member) => ({ ...member, permissions: new Set(member.permissions) }))),
    // Each kind was checked to be there, with items that have an id.
    reference: Object.fromEntries(kinds) as ReferenceData,
    webhooks: byId(webhooks.map((webhook) => ({ ...webhook }))),
    variables: new Map(variables),
    stamps: new Map(stamps),
  };
}

function outboxOf({ nextId, finished, lanes }: SavedOutbox, limit: number): OutboxState {
  const journal = new Journal(limit);
  const records = lanes.flatMap(({ items }) => items.map(({ record }) => record)).sort((a, b) => a.id - b.id);
  for (const record of records) journal.add(record);
  const stop = (): void => undefined;
  return {
    ...{ journal, events: new EventLog(limit), nextId, finished },
    lanes: lanes.map((lane) => ({ ...lane, items: lane.items.map((item) => ({ ...item, stop })) })),
  };
}

function byId<Item extends { readonly id: number }>(items: readonly Item[]): Map<number, Item> {
  return new Map(items.map((item) => [item.id, item]));
}
