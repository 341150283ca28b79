import { tooManyText } from '../../world/hub.ts';
import type { TenantWorld } from '../../world/tenant-world.ts';
import type { WorldState } from '../../world/world-state.ts';
import type { ControlDefinition } from '../control-definition.ts';
import { ControlError } from '../control-error.ts';

/** Snapshots a tenant may have. */
const mostSnapshots = 20;

/** Which snapshot. */
export const snapshotFields = {
  name: { kind: 'string', longest: 100, default: 'default', doc: 'name of the snapshot' },
} as const;

/** One snapshot as it is shown. */
export interface Snapshot {
  readonly name: string;
  /**
   * The tenant's time when it was taken. ISO 8601, UTC.
   * @format date-time
   */
  readonly at: string;
  readonly assets: number;
  readonly webhooks: number;
  /** Deliveries waiting or under way in it; after a restore they go on. */
  readonly pending: number;
}

function shown(name: string, { tenant, outbox, clock }: WorldState, { hub }: TenantWorld): Snapshot {
  const at = new Date(clock.mode === 'virtual' ? clock.value : hub.clock.now() + clock.value).toISOString();
  const webhooks = [...tenant.webhooks.values()].filter(({ deleted }) => !deleted).length;
  const pending = outbox.lanes.reduce((sum, { items }) => sum + items.length, 0);
  return { name, at, assets: tenant.assets.size, webhooks, pending };
}

/** Keeps the state of a tenant. */
export const snapshot: ControlDefinition<typeof snapshotFields, Snapshot> = {
  method: 'POST',
  path: '/snapshot',
  summary:
    'Keep the state of the tenant under a name: everything, with queue, time, randomness and scenario. A reset keeps snapshots.',
  returns: 'name, time, and what is in it',
  input: snapshotFields,
  examples: [{ name: 'before-storm' }],
  run(world, { name }) {
    if (world.snapshots.size >= mostSnapshots && !world.snapshots.has(name))
      throw new ControlError(
        'name',
        `A tenant keeps at most ${mostSnapshots} snapshots; use a name again: ${[...world.snapshots.keys()].join(', ')}.`,
      );
    const state = world.save();
    world.snapshots.set(name, state);
    return shown(name, state, world);
  },
};

/** The snapshots of a tenant. */
export interface Snapshots {
  readonly total: number;
  readonly items: readonly Snapshot[];
}

/** Lists snapshots. */
export const snapshots: ControlDefinition<Record<never, never>, Snapshots> = {
  method: 'GET',
  path: '/snapshots',
  summary: 'List the snapshots of the tenant.',
  returns: 'total and items',
  input: {},
  examples: [{}],
  run(world) {
    const items = [...world.snapshots].map(([name, state]) => shown(name, state, world));
    return { total: items.length, items };
  },
};

/** Puts a tenant back to a snapshot. */
export const restore: ControlDefinition<typeof snapshotFields, Promise<Snapshot>> = {
  method: 'POST',
  path: '/restore',
  summary: 'Put the tenant back to a snapshot; it goes on from there as if nothing had happened since.',
  returns: 'the snapshot',
  input: snapshotFields,
  examples: [{ name: 'before-storm' }],
  async run(world, { name }) {
    const state = find(world, name);
    await world.load(state);
    return shown(name, state, world);
  },
};

/** What the copy is made of, and who opens it. */
export const forkFields = {
  serviceToken: { kind: 'string', longest: 200, required: true, doc: 'the service token that opens the new tenant' },
  name: { kind: 'string', longest: 100, doc: 'snapshot to begin from; left out: the state of now' },
} as const;

/** The tenant that was made. */
export interface Forked {
  readonly tenantId: number;
  readonly serviceToken: string;
}

/** Makes another tenant of a state. */
export const fork: ControlDefinition<typeof forkFields, Promise<Forked>> = {
  method: 'POST',
  path: '/fork',
  summary: 'Make another tenant that goes on from a snapshot or from now; its tokens are its own.',
  returns: 'tenantId and serviceToken',
  input: forkFields,
  examples: [{ serviceToken: 'test-7', name: 'before-storm' }],
  async run(world, { serviceToken, name }) {
    const state = name === undefined ? world.save() : find(world, name);
    if (world.hub.known(serviceToken))
      throw new ControlError('serviceToken', 'This service token opens a tenant already; choose another one.');
    const made = world.hub.create(serviceToken);
    if (made.kind === 'too-many') throw new ControlError('serviceToken', tooManyText(made));
    await made.world.load(state);
    return { tenantId: made.world.id, serviceToken };
  },
};

function find(world: TenantWorld, name: string): WorldState {
  const state = world.snapshots.get(name);
  if (state) return state;
  const known = [...world.snapshots.keys()].join(', ') || 'none yet';
  throw new ControlError('name', `There is no snapshot ${name}; known: ${known}. Take one with POST /__mock/snapshot.`);
}
