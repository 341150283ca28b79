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

const unseen = { status: 0, verdict: null } as const;
const lost = { verdict: 'quarantined' } as const;
const unfinished = ['a body that never ends', 'a body that comes byte by byte for ever'];
const strangersBody = 'a wrong secret with a body that never ends';
const noJson = ['no JSON', 'half a JSON', 'bytes that are no text', 'UTF-16', 'broken gzip'];
const noObject = ['a number', 'null', 'JSON in JSON'];
const undeclaredGzip = 'gzip that no header tells of';
const wrongGzip = 'gzip that is none';
const large = ['larger than the limit', 'larger than the limit, chunked', 'twenty times the limit'];
const largeGzip = ['gzip of more than the limit', 'gzip of ten times the limit'];
const endless = 'larger than the limit and never ending';
const readBefore = 'a body that somebody has read before us';

/** Express finds routes by comparing beginnings. */
export const mountedInExpress: Exceptions = each(['doubled slashes before the mount'], {
  why: 'the router of the framework finds nothing at //hubex; mount the receiver at / if a proxy writes such addresses',
  status: 404,
  verdict: null,
});

/** Fastify decodes paths before it looks for a route. */
export const mountedInFastify: Exceptions = {
  ...mountedInExpress,
  ...each(['a broken escape in the path'], { why: 'the router of Fastify refuses it', status: 400, verdict: null }),
};

/** A parser of Express in front; it hands over what it refuses. */
export const expressWaits: Exceptions = {
  ...mountedInExpress,
  // With the connection its patience ends, and the receiver hears of it.
  ...each([...unfinished, endless], { why: waits(), status: 0, verdict: 'incomplete' }),
  ...each([strangersBody], { why: waits(), status: 0 }),
  ...each([wrongGzip], { why: 'the parser in front unpacks it and keeps nothing', status: 400, verdict: null }),
};

/** One that makes text or JSON of it. */
export const expressRefuses: Exceptions = {
  ...expressWaits,
  ...each([undeclaredGzip], { why: 'the parser hands over text, in which the bytes of gzip are lost', ...lost }),
};

/** urlencoded() takes only what says that it is a form. */
export const expressForms: Exceptions = {
  ...mountedInExpress,
  ...each(['JSON called form fields'], { why: 'the parser in front makes fields of it', ...lost }),
};

/** Koa's parser throws, and nothing of ours is there to catch it. */
export const koaRefuses: Exceptions = {
  ...each([...unfinished, strangersBody, 'a body that is cut off'], { why: waits(), ...unseen }),
  ...each([...noJson, ...noObject, undeclaredGzip], { why: 'the parser answers 400', status: 400, verdict: null }),
  ...each([...large, ...largeGzip, endless], { why: 'the parser has a limit of its own', status: 413, verdict: null }),
  ...each([wrongGzip], { why: 'the parser throws', status: 500, verdict: null }),
  ...each([readBefore], { why: 'the parser throws', status: 499, verdict: null }),
};

/** Nest turns what its parser refuses into an answer of its own. `app.use` runs before it. */
export const nestRefuses: Exceptions = {
  ...mountedInExpress,
  ...each([...unfinished, endless, strangersBody, 'a body that is cut off'], { why: waits(), ...unseen }),
  ...each([...noJson, ...noObject, undeclaredGzip, wrongGzip], {
    why: 'the parser of Nest answers 400',
    status: 400,
    verdict: null,
  }),
  ...each(['charset=windows-1251'], { why: 'the parser of Nest knows no such charset', status: 415, verdict: null }),
  ...each([...large, ...largeGzip], { why: 'the parser of Nest has a limit', status: 413, verdict: null }),
  ...each(['a broken escape in the path'], { why: 'the router of Nest refuses it', status: 400, verdict: null }),
};

/** The program is frozen once it has answered, and nothing runs before it. */
export const runsAlone: Exceptions = {
  ...each(['a handler that never ends'], { why: 'the platform stops the program when it has answered', waits: true }),
  ...each([readBefore], { why: 'nothing runs before a function that could read', status: 204, verdict: 'stored' }),
};

/** The functions framework parses before any function runs, and takes bodies of a gigabyte. */
export const googleRefuses: Exceptions = {
  ...runsAlone,
  ...each([...unfinished, endless, strangersBody, 'a body that is cut off'], { why: waits(), ...unseen }),
  ...each([...noJson, ...noObject, undeclaredGzip, wrongGzip], {
    why: 'the functions framework answers 400',
    status: 400,
    verdict: null,
  }),
  ...each(['charset=windows-1251'], { why: 'the framework knows no such charset', status: 415, verdict: null }),
  ...each(['a broken escape in the path'], {
    why: 'the router of the framework refuses it',
    status: 400,
    verdict: null,
  }),
};

/** What says that it is JSON comes as text. */
export const calledText: Exceptions = each([undeclaredGzip], { why: 'the gateway makes text of the bytes', ...lost });

/** A REST API without binary media types makes text of everything. */
export const cannotReadBytes: Exceptions = each(['gzip', undeclaredGzip, ...largeGzip], {
  why: 'the gateway makes text of the bytes; add binary media types',
  status: 204,
  ...lost,
});

/** A function called by its own address. */
export const hasNoPath: Exceptions = each(
  ['the secret in the path', 'the secret in the path, and slashes', 'an escaped secret in the path'],
  { why: "a function's own address has no path; put the secret into the query", status: 404, verdict: 'wrong-secret' },
);

function waits(): string {
  return 'the parser in front waits for the rest, until requestTimeout of the server (300 s)';
}
