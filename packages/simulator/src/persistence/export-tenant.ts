import type { ReferenceData } from '../domain/reference-data.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { OutboxState } from '../outbox/outbox-state.ts';
import type { TenantWorld } from '../world/tenant-world.ts';
import type { SavedContent, SavedOutbox, SavedTenant } from './saved-state.ts';

/** A tenant at this moment as plain data. Records are shared with the tenant, which replaces and never changes them. */
export function exportTenant(world: TenantWorld): SavedTenant {
  const { id, serviceToken, beginning, clock, randomness, switches, faults, outbox, jobs, traffic, tenant } = world;
  const run = traffic.save();
  return {
    id,
    serviceToken,
    beginning,
    clock: clock.save(),
    randomness: randomness.save(),
    switches: { ...switches },
    faults: faults.save(),
    content: contentOf(tenant),
    outbox: outboxOf(outbox.save()),
    jobs: jobs.save(),
    scenarios: run ? [run] : [],
  };
}

function contentOf(tenant: Tenant): SavedContent {
  const { name, fullName, uriName, members, reference, tokens, assets, webhooks, variables, stamps } = tenant;
  return {
    name,
    fullName,
    uriName,
    members: [...members.values()].map((member) => ({ ...member, permissions: [...member.permissions] })),
    reference: referenceOf(reference),
    tokens: tokens.save(),
    nextAssetId: assets.nextId,
    assets: assets.all(),
    webhooks: [...webhooks.values()].map((webhook) => ({ ...webhook })),
    variables: [...variables],
    stamps: [...stamps],
  };
}

function outboxOf({ nextId, finished, lanes }: OutboxState): SavedOutbox {
  const busy = lanes.filter(({ items }) => items.length > 0);
  return {
    nextId,
    finished,
    lanes: busy.map(({ webhook, isOwn, items }) => {
      return { webhook, isOwn, items: items.map(({ stop: _stop, ...item }) => item) };
    }),
  };
}

function referenceOf(reference: ReferenceData): SavedContent['reference'] {
  const list = <Item>(items: ReadonlyMap<number, Item>): readonly Item[] => [...items.values()];
  return {
    companies: list(reference.companies),
    types: list(reference.types),
    classes: list(reference.classes),
    locations: list(reference.locations),
    people: list(reference.people),
    scheduleRules: list(reference.scheduleRules),
    districts: list(reference.districts),
    skills: list(reference.skills),
    workTypes: list(reference.workTypes),
    checkLists: list(reference.checkLists),
    taskStages: list(reference.taskStages),
  };
}
