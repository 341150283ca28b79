import { handle, type World } from './api/handle.ts';
import { RateLimit } from './api/rate-limit.ts';
import type { ApiReply, ApiRequest } from './api/seam.ts';
import type { Control } from './control/control.ts';
import { ControlError } from './control/control-error.ts';
import { emit } from './control/emit.ts';
import { defaultWait, longestWait, Waiting } from './control/waiting.ts';
import { fromFetch, toFetch } from './fetch.ts';
import { Jobs } from './jobs.ts';
import { readOptions, type SimulatorOptions } from './options.ts';
import { Outbox } from './outbox/outbox.ts';
import { seedTenant } from './seed/seed-tenant.ts';

/** HubEx in memory: one tenant, its API and its webhooks. */
export interface Simulator {
  /** Answers one request given as plain data. Never rejects because of the request. */
  handle(request: ApiRequest): Promise<ApiReply>;
  /** The same for a fetch Request; a leading /fsm in the path is the base address. */
  fetch(request: Request): Promise<Response>;
  readonly control: Control;
}

/**
 * Starts a HubEx in memory. The same seed, clock and calls give the same bytes.
 * @throws OptionError for an unknown option or a value that cannot be used.
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { seed, assets, serviceToken, clock, deliver, workbooks, switches } = readOptions(options);
  const waiting = new Waiting(clock);
  const start = (): Omit<World, 'now'> & { readonly jobs: Jobs } => {
    const { tenant, randomness } = seedTenant({ seed, assets, serviceToken, now: clock.now() });
    const outbox = new Outbox({ tenant, clock, deliver, switches, onFinished: (record) => waiting.finished(record) });
    const jobs = new Jobs(clock, () => waiting.finished());
    return {
      ...{ tenant, outbox, switches, workbooks, jobs, later: jobs.later },
      ...{ rateLimit: new RateLimit(), trace: () => randomness.letters(16) },
    };
  };
  let world = start();

  const answer = (request: ApiRequest): ApiReply | Promise<ApiReply> => handle(request, { ...world, now: clock.now() });
  const control: Control = {
    info: { tenantId: world.tenant.id, serviceToken, seed },
    async reset() {
      world.jobs.close();
      await world.outbox.close();
      world = start();
    },
    deliveries(filter = {}) {
      const items = world.outbox.journal.find(filter);
      return { total: items.length, dropped: world.outbox.journal.dropped, items };
    },
    async settled(within = defaultWait) {
      const { outbox, jobs } = world;
      const settled = await waiting.until(() => outbox.pending + jobs.pending === 0, readWithin(within));
      return { settled, pending: outbox.pending + jobs.pending };
    },
    async wait({ count = 1, within = defaultWait, ...filter }) {
      if (!Number.isInteger(count) || count < 1)
        throw new ControlError('count', 'count must be a whole number from 1.');
      const items = await waiting.delivered(world.outbox.journal, { filter, count, within: readWithin(within) });
      return { ok: items.length >= count, items, missing: Math.max(0, count - items.length) };
    },
    emit: (emission) => emit(emission, world),
    close() {
      world.jobs.close();
      return world.outbox.close();
    },
  };
  return {
    // A rejected promise, not a synchronous throw, should a bug ever get here.
    handle: async (request) => answer(request),
    fetch: async (request) => toFetch(await answer(await fromFetch(request))),
    control,
  };
}

function readWithin(within: number): number {
  if (Number.isInteger(within) && within >= 0 && within <= longestWait) return within;
  throw new ControlError('within', `within must be a whole number of milliseconds from 0 to ${longestWait}.`);
}
