import type { Clock } from '../clock.ts';
import { ControlError } from '../control/control-error.ts';
import type { Deliverer } from '../outbox/deliverer.ts';
import { importTenant } from '../persistence/import-tenant.ts';
import { refuseForeign } from '../persistence/refuse-foreign.ts';
import type { SavedState } from '../persistence/saved-state.ts';

import { TenantSeeder } from '../seed/seed-tenant.ts';
import type { Workbooks } from '../workbooks.ts';
import { defaultTenantId, tagLength, tagOf, tenantIdOf } from './tenant-id.ts';
import { TenantWorld } from './tenant-world.ts';
import type { Beginning } from './world-order.ts';

/** A tenant was asked for that would be one too many. */
export type TooMany = { readonly kind: 'too-many'; readonly most: number };

/** Where a service token leads. */
export type Opened = { readonly kind: 'world'; readonly world: TenantWorld; readonly isNew: boolean } | TooMany;

/** What the tenants of a hub have in common. */
export interface HubOptions {
  readonly clock: Clock;
  readonly deliver: Deliverer;
  readonly workbooks: Workbooks | undefined;
  readonly serviceToken: string;
  readonly beginning: Beginning;
  readonly tenants: 'on-sight' | 'known';
  readonly maxTenants: number;
  readonly journalLimit: number;
  readonly maxDepth: number;
}

/** The tenants of a simulator, found by what their callers carry. */
export class Hub {
  readonly #byToken: Map<string, TenantWorld> = new Map();
  readonly #byTag: Map<string, TenantWorld> = new Map();
  readonly #options: HubOptions;
  readonly #seeder: TenantSeeder;
  readonly defaultWorld: TenantWorld;
  readonly #listeners: Set<() => void> = new Set();
  #mayHaveFaults = false;

  constructor(options: HubOptions) {
    this.#options = options;
    this.#seeder = new TenantSeeder(options.clock.now());
    this.defaultWorld = this.#add(defaultTenantId, options.serviceToken);
  }

  /** Whether any tenant ever had a fault; until then no request is looked at twice. */
  get mayHaveFaults(): boolean {
    return this.#mayHaveFaults;
  }

  /** A tenant got a fault. */
  sawFault(): void {
    this.#mayHaveFaults = true;
  }

  /** Calls `listener` after everything that may have changed a tenant, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Something may have changed in a tenant. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** The host's clock. */
  get clock(): Clock {
    return this.#options.clock;
  }

  /** What reads and writes files; undefined when nothing does. */
  get workbooks(): Workbooks | undefined {
    return this.#options.workbooks;
  }

  /** Every tenant, the default one first. */
  get worlds(): readonly TenantWorld[] {
    return [...this.#byToken.values()];
  }

  /** How many tenants there are. */
  get size(): number {
    return this.#byToken.size;
  }

  /** The tenant that issued this token: access, refresh or service. */
  byIssued(token: string): TenantWorld | undefined {
    return this.#byTag.get(token.slice(-tagLength));
  }

  /** The tenant with this id. */
  byId(id: number): TenantWorld | undefined {
    return this.#byTag.get(tagOf(id));
  }

  /** The tenant a service token opens, if it is there. */
  known(serviceToken: string): TenantWorld | undefined {
    return this.#byService(serviceToken);
  }

  /** The tenant a service token belongs to; one that nobody has seen makes a tenant where that is allowed. */
  open(serviceToken: string): Opened | undefined {
    const known = this.known(serviceToken);
    if (known) return { kind: 'world', world: known, isNew: false };
    const isPossible = serviceToken.length >= 1 && serviceToken.length <= 200;
    return this.#options.tenants === 'on-sight' && isPossible ? this.create(serviceToken) : undefined;
  }

  /** Makes the tenant of a service token that is new. */
  create(serviceToken: string): Opened {
    const most = this.#options.maxTenants;
    if (this.#byToken.size >= most) return { kind: 'too-many', most };
    let id = tenantIdOf(serviceToken);
    for (let probe = 1; this.byId(id); probe++) id = tenantIdOf(serviceToken, probe);
    return { kind: 'world', world: this.#add(id, serviceToken), isNew: true };
  }

  /** The tenant with this service token or id; undefined is the default one. Makes none. */
  find(name: string | number | undefined): TenantWorld | undefined {
    if (name === undefined || name === '') return this.defaultWorld;
    const text = String(name);
    return this.#byToken.get(text) ?? (isId(text) ? this.byId(Number(text)) : undefined);
  }

  /** The tenant a control names by service token or id; undefined is the default one. Makes one on sight like the API. */
  select(name: string | number | undefined): TenantWorld {
    const known = this.find(name);
    if (known) return known;
    const text = String(name);
    const opened = isId(text) ? undefined : this.open(text);
    if (opened?.kind === 'world') return opened.world;
    if (opened) throw new ControlError('tenant', tooManyText(opened));
    throw unknownTenant(text);
  }

  /** Every tenant goes on from a saved state; those that are not there are made. Rejects with StateError when it cannot be theirs. */
  async restore(state: SavedState): Promise<void> {
    const { maxTenants: most, journalLimit } = this.#options;
    const { id, serviceToken } = this.defaultWorld;
    refuseForeign(state, { id, serviceToken, most });
    for (const saved of state.tenants) {
      const world = this.byId(saved.id) ?? this.#add(saved.id, saved.serviceToken);
      await world.load(importTenant(saved, journalLimit));
    }
  }

  /** Takes a tenant away: its deliveries end, its tokens are unknown from now on. */
  async remove(world: TenantWorld): Promise<void> {
    if (world === this.defaultWorld)
      throw new ControlError('tenant', 'The default tenant stays; reset it with POST /__mock/reset.');
    this.#byToken.delete(world.serviceToken);
    this.#byTag.delete(world.tag);
    await world.close();
    this.changed();
  }

  /** Stops every tenant for good. */
  async close(): Promise<void> {
    await Promise.all(this.worlds.map((world) => world.close()));
    await this.#options.deliver.cancel?.();
  }

  /** Only what looks like an issued token can be one (B041): a name that somebody made up may end like a mark by chance. */
  #byService(serviceToken: string): TenantWorld | undefined {
    const known = this.#byToken.get(serviceToken);
    return known ?? (/^[A-Za-z0-9]{11}\.[A-Za-z0-9]{11}$/.test(serviceToken) ? this.byIssued(serviceToken) : undefined);
  }

  #add(id: number, serviceToken: string): TenantWorld {
    const { clock, deliver, beginning, journalLimit, maxDepth } = this.#options;
    const seeder = this.#seeder;
    const order = { id, serviceToken, hub: this, clock, seeder, deliver, beginning, journalLimit, maxDepth };
    const world = new TenantWorld(order);
    this.#byToken.set(serviceToken, world);
    this.#byTag.set(world.tag, world);
    return world;
  }
}

function isId(text: string): boolean {
  return /^\d{1,10}$/.test(text);
}

/** A tenant was named that is not there. A token is not repeated: it may be a real one. */
export function unknownTenant(name: string): ControlError {
  const text = isId(name) ? name : 'for this service token';
  return new ControlError('tenant', `There is no tenant ${text}; see GET /__mock/tenants.`);
}

/** What to say when there are too many tenants. */
export function tooManyText({ most }: TooMany): string {
  return `The mock keeps at most ${most} tenants (--max-tenants); remove one with DELETE /__mock/tenants?id=....`;
}
