import { advance as advanceWorld } from '../../world/advance.ts';
import type { ClockMode } from '../../world/tenant-clock.ts';
import type { TenantWorld } from '../../world/tenant-world.ts';
import type { ControlDefinition } from '../control-definition.ts';
import { ControlError } from '../control-error.ts';

/** The time of a tenant. */
export interface Time {
  readonly mode: ClockMode;
  /**
   * ISO 8601, UTC.
   * @format date-time
   */
  readonly now: string;
}

function timeOf({ clock }: TenantWorld): Time {
  return { mode: clock.mode, now: new Date(clock.now()).toISOString() };
}

/** Shows the time of a tenant. */
export const clock: ControlDefinition<Record<never, never>, Time> = {
  method: 'GET',
  path: '/clock',
  summary: 'Show the time of the tenant, and whether it is real or virtual.',
  returns: 'mode and now',
  input: {},
  examples: [{}],
  run: timeOf,
};

/** How to set the clock. */
export const setClockFields = {
  mode: {
    kind: 'enum',
    values: ['real', 'virtual'],
    doc: 'real: time passes by itself; virtual: it stands still until it is moved',
  },
  now: {
    kind: 'string',
    longest: 40,
    doc: 'the new time, ISO 8601, such as 2026-03-02T08:00:00Z; nothing in between runs',
  },
} as const;

/** Sets the clock of a tenant. */
export const setClock: ControlDefinition<typeof setClockFields, Time> = {
  method: 'POST',
  path: '/clock',
  summary:
    'Make the time of the tenant stand still or pass by itself, or set it. Tokens, stamps, repetitions and rate limits follow.',
  returns: 'mode and now',
  input: setClockFields,
  examples: [{ mode: 'virtual', now: '2026-03-02T08:00:00Z' }],
  run(world, { mode, now }) {
    if (mode === undefined && now === undefined)
      throw new ControlError('mode', 'Give mode (real or virtual), now (a time), or both.');
    const time = now === undefined ? undefined : readTime('now', now);
    if (mode !== undefined) world.clock.setMode(mode);
    if (time !== undefined) world.clock.set(time);
    return timeOf(world);
  },
};

/** How far to move the clock. */
export const advanceFields = {
  by: { kind: 'duration', least: 0, most: 3_155_760_000_000, doc: 'how far, such as 24h' },
  to: { kind: 'string', longest: 40, doc: 'up to when, ISO 8601, instead of by' },
  patience: {
    kind: 'duration',
    least: 1,
    most: 60_000,
    default: 1_000,
    doc: 'real time that a receiver gets to answer before time moves on without it',
  },
} as const;

/** Where the clock is after it was moved. */
export interface Advanced extends Time {
  /** Moments at which something fell due. */
  readonly moments: number;
  /** Deliveries still waiting or under way. */
  readonly pending: number;
}

/** Moves the clock of a tenant. */
export const advance: ControlDefinition<typeof advanceFields, Promise<Advanced>> = {
  method: 'POST',
  path: '/clock/advance',
  summary:
    'Move the time of the tenant forward: what falls due runs, in order, and the answer comes when all is quiet.',
  returns: 'mode, now, moments at which something fell due, and deliveries still pending',
  input: advanceFields,
  examples: [{ by: '24h' }],
  async run(world, { by, to, patience }) {
    if ((by === undefined) === (to === undefined))
      throw new ControlError('by', 'Give by (such as 24h) or to (a time).');
    const target = to === undefined ? undefined : readTime('to', to);
    if (target !== undefined && target < world.clock.now())
      throw new ControlError('to', `${to} is past; set an earlier time with POST /__mock/clock.`);
    const until = (): number => target ?? world.clock.now() + (by ?? 0);
    const { moments, isComplete } = await advanceWorld(world, { until, patience });
    if (!isComplete) throw new ControlError('by', 'The tenant was reset or restored before its clock had arrived.');
    return { ...timeOf(world), moments, pending: world.pending };
  },
};

function readTime(field: string, text: string): number {
  const time = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text.slice(10)) || text.length <= 10 ? text : `${text}Z`);
  if (Number.isFinite(time)) return time;
  throw new ControlError(
    field,
    `${field} must be a time such as 2026-03-02T08:00:00Z; it was ${JSON.stringify(text)}.`,
  );
}
