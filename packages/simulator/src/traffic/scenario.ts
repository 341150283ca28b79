import type { AskedRule } from '../faults/fault-rule.ts';
import type { Duration, Rate } from './duration.ts';

/** A scenario: what people in a tenant and its receivers do over time. Plain data, interpreted by the engine. */
export interface Scenario {
  /** Letters, digits and hyphens, at most 60. */
  readonly name: string;
  /** What it models, in a sentence or two; at most 500 characters. */
  readonly models?: string;
  /** 1 to 200. */
  readonly phases: readonly Phase[];
}

/** A stretch of a scenario. It has at least one of `do`, `flow` and `faults`; the last two need `for`. */
export interface Phase {
  readonly name?: string;
  /** When it begins, counted from the start of the scenario. Default: when the phase written before it has ended. */
  readonly at?: Duration;
  /** How long it lasts. Default: as long as its steps take. */
  readonly for?: Duration;
  /** Steps, one after another. */
  readonly do?: readonly Step[];
  /** A stream of single changes. */
  readonly flow?: Flow;
  /** What goes wrong meanwhile: fault rules, added when the phase begins and removed when it ends. 1 to 20. */
  readonly faults?: readonly PhaseFault[];
}

/** A fault rule whose end is the end of the phase. */
export type PhaseFault =
  | Omit<Extract<AskedRule, { on: 'api' }>, 'until' | 'for'>
  | Omit<Extract<AskedRule, { on: 'delivery' }>, 'until' | 'for'>;

/** One thing that somebody does, once or to many assets. */
export interface Step {
  readonly action: Action;
  /** Assets (rows of an import) it concerns, 1 to 100000. Default 1. Where fewer fit, as many as there are. */
  readonly count?: number;
  /** Pause before it. Default none. */
  readonly after?: Duration;
  /** Single actions only: spread evenly over this time. Default: all at once. */
  readonly over?: Duration;
  /** Default: `any`. */
  readonly choose?: Choice;
  /** `import` only: the part of the rows that change assets which are already there, 0 to 1. Default 0. */
  readonly changed?: number;
}

/** A stream of single changes at random or even intervals. */
export interface Flow {
  /** Actions in the busiest hour of the rhythm, as a rate. */
  readonly rate: Rate;
  /** `poisson` (default): independent of each other, as people are; `even`: like a metronome. */
  readonly arrivals?: 'poisson' | 'even';
  /** How the rate follows weekday and hour in Moscow. Default `round-the-clock`: not at all. */
  readonly rhythm?: Rhythm;
  /** Weights of the actions; they need not come to 100. */
  readonly mix: Mix;
  /** Default: `popular`. */
  readonly choose?: Choice;
}

/** `office`: a service company's dispatchers, Monday to Friday; `shop`: a chain of shops, every day until late. */
export type Rhythm = 'round-the-clock' | 'office' | 'shop';

/** Which of the assets that fit: a few `popular` ones most often (Zipf), `any`, the `newest` or the `oldest`. */
export type Choice = 'popular' | 'any' | 'newest' | 'oldest';

/** What somebody does to one asset. */
export type SingleAction = 'create' | 'edit' | 'publish' | 'unpublish' | 'delete' | 'restore';

/** What somebody does to many at once, and what an administrator does to the webhooks. */
export type Action =
  | SingleAction
  | 'import'
  | 'mass-edit'
  | 'mass-publish'
  | 'mass-unpublish'
  | 'mass-delete'
  | 'activate-webhooks';

/** Weights of the actions of a flow. */
export type Mix = Readonly<Partial<Record<SingleAction, number>>>;
