import type { Verdict } from '../src/index.ts';

/** What differs in one place. Each is asked all the same, so one that is not needed any more fails. */
export interface Exception {
  /** Why, and whose doing it is. */
  readonly why: string;
  /** What is answered there; 0: nothing is, since whatever is in front waits for the rest. */
  readonly status?: number;
  /** null: the receiver did not get to see the request. */
  readonly verdict?: Verdict | null;
  /** The answer waits for a timer of ours. */
  readonly waits?: true;
}

/** By the names of the shapes. */
export type Exceptions = Readonly<Record<string, Exception>>;

function each(names: readonly string[], exception: Exception): Exceptions {
  return Object.fromEntries(names.map((name) => [name, exception]));
}

/** . */
export const parserReadsFirst: Exceptions = {};

/** . */
export const mountedInExpress: Exceptions = {};

/** . */
export const mountedInFastify: Exceptions = {};

/** . */
export const expressRefuses: Exceptions = {};

/** . */
export const expressForms: Exceptions = {};

/** . */
export const koaRefuses: Exceptions = {};

/** . */
export const nestRefuses: Exceptions = {};

/** . */
export const googleRefuses: Exceptions = {};

/** . */
export const cannotReadBytes: Exceptions = {};

/** . */
export const hasNoPath: Exceptions = {};

/** . */
export const waitsForHandlers: Exceptions = {};
