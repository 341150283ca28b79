import type { OperationDefinition } from '@hubex-kit/contract/operations';
import type { Tenant } from '../domain/tenant.ts';
import type { Switches } from '../generated/switches.ts';
import type { Operation } from '../operations/operation.ts';
import { operationTable } from '../operations/operation-table.ts';
import type { Outcome } from '../operations/outcome.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Workbooks } from '../workbooks.ts';
import { type ReadBody, readBody } from './body.ts';
import { identify } from './caller.ts';
import { readForm } from './form.ts';
import { readQuery } from './query.ts';
import { readRange } from './range.ts';
import type { RateLimit } from './rate-limit.ts';
import { accessDenied, bare, type ReplyContext, toReply } from './reply.ts';
import { findRoute } from './router.ts';
import type { ApiReply, ApiRequest } from './seam.ts';
import { Warnings } from './warnings.ts';

/** The world one request acts on. */
export interface World {
  readonly tenant: Tenant;
  readonly outbox: Outbox;
  readonly switches: Switches;
  readonly rateLimit: RateLimit;
  readonly now: number;
  /** A new trace identifier. */
  readonly trace: () => string;
  /** Runs something after the answer. */
  readonly later: (ms: number, run: (now: number) => void) => void;
  readonly workbooks: Workbooks | undefined;
}

/** Answers one request: route, caller, query, body, operation, reply. At once, unless a file is read or written. */
export function handle(request: ApiRequest, world: World): ApiReply | Promise<ApiReply> {
  const warnings = new Warnings();
  const finish = (reply: ApiReply): ApiReply => {
    const headers = { 'access-control-allow-origin': '*', ...reply.headers, ...warnings.headers() };
    return { ...reply, headers, body: request.method === 'HEAD' ? undefined : reply.body };
  };
  const reply = answer(request, { world, warnings });
  return reply instanceof Promise ? reply.then(finish) : finish(reply);
}

function answer(request: ApiRequest, context: { world: World; warnings: Warnings }): ApiReply | Promise<ApiReply> {
  const { world, warnings } = context;
  const { tenant, switches, now } = world;
  const route = findRoute(request.method, request.path);
  if (route.kind === 'unknown') return bare(404);
  if (route.kind === 'wrong-method') return bare(405, { allow: route.allowed.join(', ') });
  const { definition } = route;

  const language = /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'ru';
  const caller = identify(definition, { headers: request.headers, tenant, now, switches });
  if (caller.kind === 'unauthorised') return bare(401);
  if (caller.kind === 'no-application') return bare(403);
  if (caller.kind === 'no-permission') return accessDenied(caller.permission, { language, trace: world.trace });
  if (caller.kind === 'member') {
    const wait = world.rateLimit.take(caller.member.id, { perMinute: switches.rateLimitPerMinute, now });
    if (wait > 0) return bare(429, { 'retry-after': String(wait) });
  }

  const search = new URLSearchParams(request.query);
  const warn = warnings.add;
  const range = definition.ranged
    ? readRange(request.headers.range, { query: search, warn })
    : ({ kind: 'all' } as const);
  const replyContext: ReplyContext = { definition, range, language, switches, trace: world.trace, warn };
  const query = readQuery(definition, { query: search, warn });
  if (!query.ok) return toReply({ kind: 'refused', refusals: query.refusals }, replyContext);
  const contentType = request.headers['content-type'];
  const act = (body: ReadBody): ApiReply | Promise<ApiReply> => {
    if (body.ok === 'too-large') return bare(413);
    if (body.ok === 'wrong-type') return bare(415);
    if (!body.ok) return toReply({ kind: 'refused', refusals: body.refusals }, replyContext);
    const outcome = run(definition, {
      operationId: definition.id,
      tenant,
      member: caller.kind === 'member' ? caller.member : undefined,
      path: route.path,
      query: query.value,
      body: body.value,
      headers: request.headers,
      now,
      switches,
      language,
      announce: (events: Parameters<Outbox['announce']>[0]) => void world.outbox.announce(events, definition.id),
      later: world.later,
      workbooks: world.workbooks,
      warn,
    });
    return outcome instanceof Promise
      ? outcome.then((ended) => toReply(ended, replyContext))
      : toReply(outcome, replyContext);
  };
  return definition.body?.media === 'multipart'
    ? readForm({ bytes: request.body, contentType }).then(act)
    : act(readBody(definition, { bytes: request.body, contentType, warn }));
}

/** The call was checked against the operation's definition just above, which is what its type says. */
function run(
  definition: OperationDefinition,
  call: Readonly<Record<keyof Parameters<Operation<'getAsset'>>[0], unknown>>,
): Outcome | Promise<Outcome> {
  // The table maps each id to the operation for exactly that id; TypeScript cannot follow an id known only at run time.
  const operation = operationTable[definition.id] as (call: unknown) => Outcome | Promise<Outcome>;
  return operation(call);
}
