import { mostSinks, type Sink, type SinkRequest } from '../../sink/sinks.ts';
import type { TenantWorld } from '../../world/tenant-world.ts';
import type { ControlDefinition } from '../control-definition.ts';
import { ControlError } from '../control-error.ts';

/** Which sink, and what to show of it. */
export const sinkFields = {
  name: { kind: 'string', longest: 100, default: 'default', doc: 'name of the sink' },
  contains: { kind: 'string', longest: 1_000, doc: 'only requests whose body contains this text' },
} as const;

/** What a sink received. */
export interface Received {
  readonly name: string;
  /** Where it receives, below the address of the server. */
  readonly path: string;
  readonly total: number;
  /** Requests that left the bounded list. */
  readonly dropped: number;
  readonly items: readonly SinkRequest[];
}

/** Shows what a sink received. */
export const sink: ControlDefinition<typeof sinkFields, Received> = {
  method: 'GET',
  path: '/sinks',
  summary:
    'Show what a sink received: a receiver inside the mock, at /__mock/sink/NAME?tenant=ID, for tests without a receiver.',
  returns: 'its path, total, dropped and items',
  input: sinkFields,
  examples: [{ name: 'orders' }],
  run: (world, { name, contains }) => receivedBy(world, { name, contains }),
};

/** How a sink is to answer. */
export const setSinkFields = {
  name: { kind: 'string', longest: 100, default: 'default', doc: 'name of the sink' },
  status: { kind: 'integer', least: 200, most: 599, default: 204, doc: 'status to answer with' },
  body: { kind: 'string', longest: 65_536, default: '', doc: 'body to answer with' },
  delay: { kind: 'duration', least: 0, most: 300_000, default: 0, doc: 'real time before the answer' },
  times: { kind: 'integer', least: 1, most: 10_000, doc: 'only for the next so many; left out: from now on' },
} as const;

/** How a sink will answer. */
export interface SinkSet {
  /** Where it receives, below the address of the server. */
  readonly path: string;
  /** Scripted answers that are waiting. */
  readonly scripted: number;
}

/** Tells a sink how to answer. */
export const setSink: ControlDefinition<typeof setSinkFields, SinkSet> = {
  method: 'POST',
  path: '/sinks',
  summary: 'Tell a sink how to answer: from now on, or for the next few requests, one call after the other.',
  returns: 'its path, and how many scripted answers are waiting',
  input: setSinkFields,
  examples: [{ name: 'orders', status: 500, times: 3 }],
  run(world, { name, status, body, delay, times }) {
    const found = sinkOf(world, name);
    const answer = { status, body, delayMs: delay };
    if (times === undefined) {
      found.answer = answer;
      found.script = [];
    } else found.script = [...found.script, ...Array.from({ length: times }, () => answer)];
    return { path: pathOf(world, name), scripted: found.script.length };
  },
};

/** What to wait for. */
export const waitSinkFields = {
  name: { kind: 'string', longest: 100, default: 'default', doc: 'name of the sink' },
  contains: { kind: 'string', longest: 1_000, doc: 'only requests whose body contains this text' },
  count: { kind: 'integer', least: 1, most: 1_000, default: 1, doc: 'requests to wait for' },
  within: { kind: 'duration', least: 0, most: 300_000, default: 5_000, doc: 'longest wait' },
} as const;

/** What a sink had received when the wait was over. */
export interface ReceivedInTime extends Received {
  /** Whether it was as many as were waited for. */
  readonly ok: boolean;
}

/** Waits for requests to a sink. */
export const waitSink: ControlDefinition<typeof waitSinkFields, Promise<ReceivedInTime>> = {
  method: 'GET',
  path: '/sinks/wait',
  summary: 'Wait until a sink has received so many requests; those of before count too.',
  returns: 'ok, and what it received',
  input: waitSinkFields,
  examples: [{ name: 'orders', count: 2 }],
  async run(world, { name, contains, count, within }) {
    const ok = await world.waiting.until(() => receivedBy(world, { name, contains }).total >= count, within);
    return { ok, ...receivedBy(world, { name, contains }) };
  },
};

function receivedBy(world: TenantWorld, { name, contains }: { name: string; contains: string | undefined }): Received {
  const { received } = sinkOf(world, name);
  const items = received.list().filter(({ body }) => contains === undefined || body.includes(contains));
  return { name, path: pathOf(world, name), total: items.length, dropped: received.dropped, items };
}

function sinkOf(world: TenantWorld, name: string): Sink {
  const found = world.sinks.get(name);
  if (found) return found;
  throw new ControlError(
    'name',
    `A tenant has at most ${mostSinks} sinks; use one of ${world.sinks.names.slice(0, 5).join(', ')} … again.`,
  );
}

function pathOf(world: TenantWorld, name: string): string {
  return `/__mock/sink/${encodeURIComponent(name)}?tenant=${world.id}`;
}
