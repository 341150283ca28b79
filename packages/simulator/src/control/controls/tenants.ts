import type { ControlDefinition } from '../control-definition.ts';
import { ControlError } from '../control-error.ts';

/** One tenant as the list shows it. */
export interface TenantListed {
  readonly id: number;
  readonly serviceToken: string;
  readonly seed: number;
  readonly assets: number;
  readonly webhooks: number;
  /** Deliveries waiting or under way. */
  readonly pending: number;
}

/** All tenants, the default one first. */
export interface Tenants {
  readonly total: number;
  readonly items: readonly TenantListed[];
}

/** Lists tenants. */
export const tenants: ControlDefinition<Record<never, never>, Tenants> = {
  method: 'GET',
  path: '/tenants',
  summary: 'List all tenants, the default one first.',
  returns: 'total and items: id, serviceToken, seed, assets, webhooks, pending deliveries',
  input: {},
  examples: [{}],
  run({ hub }) {
    const items = hub.worlds.map(({ id, serviceToken, beginning, tenant, outbox }) => ({
      id,
      serviceToken,
      seed: beginning.seed,
      assets: tenant.assets.size,
      webhooks: [...tenant.webhooks.values()].filter(({ deleted }) => !deleted).length,
      pending: outbox.pending,
    }));
    return { total: items.length, items };
  },
};

/** Which tenant to take away. */
export const removeTenantFields = {
  id: { kind: 'integer', least: 1, most: 2_147_483_647, required: true, doc: 'id of the tenant' },
} as const;

/** The tenant that is gone. */
export interface TenantRemoved {
  /** Its id. */
  readonly removed: number;
}

/** Takes a tenant away. */
export const removeTenant: ControlDefinition<typeof removeTenantFields, Promise<TenantRemoved>> = {
  method: 'DELETE',
  path: '/tenants',
  summary: 'Take a tenant away: its deliveries end, its tokens are unknown from then on.',
  returns: 'the id of the tenant that is gone',
  input: removeTenantFields,
  examples: [{ id: 1_234_567 }],
  async run({ hub }, { id }) {
    const world = hub.byId(id);
    if (!world) throw new ControlError('id', `There is no tenant ${id}; list them with GET /__mock/tenants.`);
    await hub.remove(world);
    return { removed: id };
  },
};
