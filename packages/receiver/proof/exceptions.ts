import type { Verdict } from '../src/index.ts';

/** What differs in one place. */
export interface Exception {
  /** Why, and whose doing it is. */
  readonly why: string;
  /** What is answered there. Without it the shape cannot exist there, or the place makes it hang by itself. */
  readonly status?: number;
  /** null: the receiver did not get to see the request. */
  readonly verdict?: Verdict | null;
}

/** By the names of the shapes. */
export type Exceptions = Readonly<Record<string, Exception>>;

function each(names: readonly string[], exception: Exception): Exceptions {
  return Object.fromEntries(names.map((name) => [name, exception]));
}

/** Frameworks that mount by prefix. */
export const doubledSlashes: Exceptions = {
  'doubled slashes before the mount': {
    why: 'the router of the framework finds nothing at //hubex',
    status: 404,
    verdict: null,
  },
};

/** A parser in front, which waits for bodies as long as Node lets it. */
export const parserReadsFirst: Exceptions = {
  'a body that never ends': { why: 'the parser in front waits for it, until requestTimeout of the server (300 s)' },
  'a wrong secret with a body that never ends': { why: 'the parser in front waits for it' },
};

/** To be filled in. */
export const parsedElsewhere: Exceptions = {};
/** To be filled in. */
export const frameworkRefusesJson: Exceptions = each([], { why: '' });
/** To be filled in. */
export const nothingRunsBefore: Exceptions = {};
