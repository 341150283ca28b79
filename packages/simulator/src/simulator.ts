import { answer } from './answer.ts';
import type { ApiReply, ApiRequest } from './api/seam.ts';
import { ControlError } from './control/control-error.ts';
import { type BoundControls, bindControls, type ControlName, controls } from './control/controls.ts';
import { type Given, readInput } from './control/read-input.ts';
import { fromFetch, toFetch, unlessAborted } from './fetch.ts';
import { readOptions, type SimulatorOptions } from './options.ts';
import { createFetchDeliverer, type FetchReceiver } from './outbox/fetch-deliverer.ts';
import { exportTenant } from './persistence/export-tenant.ts';
import { readState } from './persistence/read-state.ts';
import { type SavedState, stateFormat, stateVersion } from './persistence/saved-state.ts';
import { mostSinks, receive, type SinkAnswer, type SinkRequest } from './sink/sinks.ts';
import { Hub, unknownTenant } from './world/hub.ts';
import type { TenantWorld } from './world/tenant-world.ts';

/** Drives and observes one tenant. The mock server offers the same over HTTP. */
export interface Control extends BoundControls {
  /**
   * Hands this tenant's deliveries to a receiver in this process, whatever address its webhooks have: no socket, and nothing that a library
   * which patches fetch could catch.
   */
  deliverTo(receiver: FetchReceiver): void;
  readonly info: { readonly tenantId: number; readonly serviceToken: string; readonly seed: number };
}

/** HubEx in memory: tenants, their API and their webhooks. */
export interface Simulator {
  /** Answers one request given as plain data. Never rejects because of the request. */
  handle(request: ApiRequest): Promise<ApiReply>;
  /** The same for a fetch Request; a leading /fsm in the path is the base address. */
  fetch(request: Request): Promise<Response>;
  /** Drives the default tenant; `close` stops the whole simulator. */
  readonly control: Control & { close(): Promise<void> };
  /**
   * Drives the tenant of a service token, or the one with this id. A token that nobody has seen makes a tenant, as it does in the API.
   * @throws ControlError for an id that no tenant has, or when there are too many tenants.
   */
  tenant(name: string | number): Control;
  /** Carries a control out by its name: the seam for hosts. Rejects with ControlError for input that cannot be used. */
  invoke(order: ControlOrder): Promise<Invoked>;
  /** Takes a request to a sink in: the seam for hosts. Rejects with ControlError when there would be too many sinks. */
  receive(request: SinkCall): Promise<SinkAnswer>;
  /**
   * All tenants at this moment as plain data, safe for JSON; it holds their tokens. Not in it: journals, sinks, snapshots, running scenarios and
   * imports whose rows are not written yet (B231).
   */
  exportState(): SavedState;
  /**
   * Goes on from what `exportState` gave, deliveries under way included; a call whose answer had not come is made again. Tenants that are not
   * in it stay. Rejects with StateError for another version, a shape that is not understood, or another service token.
   */
  importState(state: unknown): Promise<void>;
  /** Calls `listener` after each thing that may have changed a tenant; controls called in process directly do not count. Returns what ends it. */
  onChange(listener: () => void): () => void;
  /** Stops all tenants for good: deliveries end, waits end. */
  close(): Promise<void>;
}

/** A control to carry out. */
export interface ControlOrder extends Given {
  readonly control: ControlName;
  /** Service token or id; left out: the default tenant. */
  readonly tenant?: string | number | undefined;
  /** How many deliveries led to it (x-hubex-mock-depth). Default 0. */
  readonly depth?: number;
}

/** A request to a sink. */
export interface SinkCall extends Pick<SinkRequest, 'method' | 'query' | 'headers' | 'body'> {
  readonly sink: string;
  /** Service token or id; left out: the default tenant. */
  readonly tenant?: string | number | undefined;
}

/** What came of a control. */
export interface Invoked {
  readonly result: unknown;
  /** The tenant that was made because nobody had seen its token before. */
  readonly madeTenant?: number;
}

/**
 * Starts a HubEx in memory. The same seed, clock and calls give the same bytes.
 * @throws OptionError for an unknown option or a value that cannot be used.
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { seed, assets, switches, ...parts } = readOptions(options);
  const hub = new Hub({ ...parts, beginning: { seed, assets, switches } });
  return {
    // A rejected promise, not a synchronous throw, should a bug ever get here.
    async handle(request) {
      const reply = await answer(request, hub);
      if (request.method !== 'GET') hub.changed();
      return reply;
    },
    fetch(request) {
      const { signal } = request;
      const reply = async (): Promise<Response> =>
        toFetch(await answer(await fromFetch(request), hub), { clock: hub.clock, signal });
      return unlessAborted(reply(), signal);
    },
    control: Object.assign(controlOf(hub.defaultWorld), { close: () => hub.close() }),
    tenant: (name) => controlOf(hub.select(name)),
    async invoke({ control: name, tenant, depth = 0, ...given }) {
      const control = controls[name];
      const input = readInput(control.input, given);
      const before = hub.size;
      const world = hub.select(tenant);
      const made = hub.size > before ? { madeTenant: world.id } : {};
      try {
        return { result: await world.outbox.causing.within(depth, () => control.run(world, input)), ...made };
      } finally {
        if (control.method !== 'GET' || hub.size > before) hub.changed();
      }
    },
    async receive({ sink: name, tenant, ...request }) {
      // A delivery is nobody's first sight of a tenant.
      const world = hub.find(tenant);
      if (!world) throw unknownTenant(String(tenant));
      const sink = world.sinks.get(name);
      if (!sink) throw new ControlError('name', `A tenant has at most ${mostSinks} sinks; ${name} would be one more.`);
      const answer = receive(sink, { at: new Date(world.clock.now()).toISOString(), ...request });
      world.waiting.finished();
      return answer;
    },
    exportState() {
      return { format: stateFormat, version: stateVersion, tenants: hub.worlds.map(exportTenant) };
    },
    importState: async (state) => hub.restore(readState(state)),
    onChange: (listener) => hub.onChange(listener),
    close: () => hub.close(),
  };
}

function controlOf(world: TenantWorld): Control {
  const { id: tenantId, serviceToken } = world;
  const info = {
    tenantId,
    serviceToken,
    get seed() {
      return world.beginning.seed;
    },
  };
  const deliverTo = (receiver: FetchReceiver): void =>
    world.deliverTo(createFetchDeliverer(receiver, { clock: world.clock }));
  return { ...bindControls(world), deliverTo, info };
}
