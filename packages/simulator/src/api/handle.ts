import type { OperationDefinition } from '@hubex-kit/contract/operations';
import { pause } from '../clock.ts';
import type { Member } from '../domain/member.ts';
import type { Operation } from '../operations/operation.ts';
import { operationTable } from '../operations/operation-table.ts';
import type { Outcome } from '../operations/outcome.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { type Hub, tooManyText } from '../world/hub.ts';
import type { Work } from '../world/jobs.ts';
import { TenantWorld } from '../world/tenant-world.ts';
import { type ReadBody, readBody } from './body.ts';
import { bearerOf, identify, isAnonymousWelcome } from './caller.ts';
import { credentialOf } from './credential.ts';
import { depthOf } from './depth.ts';
import { readForm } from './form.ts';
import { readQuery, readSearch } from './query.ts';
import { readRange } from './range.ts';
import { accessDenied, bare, type ReplyContext, tooManyTenants, toReply } from './reply.ts';
import type { RequestJournal } from './request-journal.ts';
import { findRoute, type Route } from './router.ts';
import type { ApiReply, ApiRequest } from './seam.ts';
import { Warnings } from './warnings.ts';

/** A request that was answered, and what is known of it. */
export interface Handled {
  readonly reply: ApiReply;
  /** The tenant it was about; of requests that belong to nobody the default one. */
  readonly world: TenantWorld;
  readonly definition: OperationDefinition | undefined;
  readonly memberId: number | null;
  /** undefined when it was refused before it began. */
  readonly requestId: number | undefined;
  /** The journal it belongs to; undefined like the id. A reset in between gives the tenant another one. */
  readonly requests: RequestJournal | undefined;
  /** Deliveries it caused. */
  readonly deliveries: number;
}

type Seen = { -readonly [Name in Exclude<keyof Handled, 'reply'>]: Handled[Name] };

/** Answers one request: route, tenant, caller, query, body, operation, reply. At once, unless a file is read or written. */
export function handle(request: ApiRequest, hub: Hub): Handled | Promise<Handled> {
  const warnings = new Warnings();
  const seen: Seen = {
    world: hub.defaultWorld,
    definition: undefined,
    memberId: null,
    requestId: undefined,
    requests: undefined,
    deliveries: 0,
  };
  const finish = (reply: ApiReply): Handled => {
    const headers = { 'access-control-allow-origin': '*', ...reply.headers, ...warnings.headers() };
    return { ...seen, reply: { ...reply, headers, body: request.method === 'HEAD' ? undefined : reply.body } };
  };
  const reply = answer(request, { hub, warnings, seen });
  return reply instanceof Promise ? reply.then(finish) : finish(reply);
}

/** What one answer is worked out with. */
interface Answering {
  readonly hub: Hub;
  readonly warnings: Warnings;
  readonly seen: Seen;
}

function answer(request: ApiRequest, answering: Answering): ApiReply | Promise<ApiReply> {
  const { hub, warnings, seen } = answering;
  const route = findRoute(request.method, request.path);
  if (route.kind === 'unknown') return bare(404);
  if (route.kind === 'wrong-method') return bare(405, { allow: route.allowed.join(', ') });
  const { definition } = route;
  seen.definition = definition;
  const { headers } = request;
  const read = (): ReadBody => {
    const sent = { bytes: request.body, contentType: headers['content-type'] };
    return definition.body?.media === 'multipart'
      ? readForm(sent)
      : readBody(definition, { ...sent, warn: warnings.add });
  };

  if (definition.auth === 'anonymous') {
    if (!isAnonymousWelcome(headers)) return bare(403);
    const body = read();
    const world = open(body, { request, hub, warnings });
    if (!(world instanceof TenantWorld)) return world;
    seen.world = world;
    return carryOut({ request, route, warnings, seen, member: undefined, body: () => body });
  }
  const jwt = bearerOf(headers);
  const world = hub.byIssued(jwt);
  if (!world) return bare(401);
  seen.world = world;
  const { tenant, switches } = world;
  const now = world.clock.now();
  const caller = identify(definition, { headers, jwt, tenant, now, switches });
  if (caller.kind === 'unauthorised') return bare(401);
  if (caller.kind === 'no-application') return bare(403);
  if (caller.kind === 'no-permission')
    return accessDenied(caller.permission, { language: languageOf(request), trace: () => world.trace() });
  seen.memberId = caller.member.id;
  const wait = world.rateLimit.take(caller.member.id, { perMinute: switches.rateLimitPerMinute, now });
  if (wait > 0) return bare(429, { 'retry-after': String(wait) });
  return carryOut({ request, route, warnings, seen, member: caller.member, body: read });
}

/** The tenant a token request is about; what nobody knows is refused by the default one. */
function open(
  body: ReadBody,
  { request, hub, warnings }: Pick<Answering, 'hub' | 'warnings'> & { request: ApiRequest },
): TenantWorld | ApiReply {
  const credential = body.ok === true ? credentialOf(body.value, request.headers) : ({ kind: 'none' } as const);
  if (credential.kind === 'none') return hub.defaultWorld;
  if (credential.kind === 'issued') return hub.byIssued(credential.token) ?? hub.defaultWorld;
  const opened = hub.open(credential.token);
  if (!opened) return hub.defaultWorld;
  if (opened.kind === 'too-many') return tooManyTenants(tooManyText(opened), () => hub.defaultWorld.trace());
  if (opened.isNew)
    warnings.add('B028', `unknown service token: tenant ${opened.world.id} was made for it; HubEx answers 400`);
  return opened.world;
}

function languageOf(request: ApiRequest): 'ru' | 'en' {
  return /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'ru';
}

/** One request whose caller may make it. */
interface Admitted {
  readonly request: ApiRequest;
  readonly route: Extract<Route, { kind: 'operation' }>;
  readonly warnings: Warnings;
  readonly seen: Seen;
  readonly member: Member | undefined;
  /** Read when it is its turn: a refused query comes first. */
  readonly body: () => ReadBody;
}

function carryOut({ request, route, warnings, seen, member, body: readIt }: Admitted): ApiReply | Promise<ApiReply> {
  const { definition } = route;
  const { world } = seen;
  // As they are now: a reset while a file is read must not let it into the new beginning.
  const { switches, requests, tenant, outbox, jobs } = world;
  const requestId = requests.begin();
  const cause = { cause: definition.id, requestId, depth: depthOf(request.headers) };
  Object.assign(seen, { requestId, requests });
  const search = readSearch(request.query);
  const warn = warnings.add;
  const range = definition.ranged
    ? readRange(request.headers.range, { query: search, warn })
    : ({ kind: 'all' } as const);
  const language = languageOf(request);
  const replyContext: ReplyContext = { definition, range, language, switches, trace: () => world.trace(), warn };
  const query = readQuery(definition, { query: search, warn });
  if (!query.ok) return toReply({ kind: 'refused', refusals: query.refusals }, replyContext);
  const body = readIt();
  if (body.ok === 'too-large') return bare(413);
  if (body.ok === 'wrong-type') return bare(415);
  if (!body.ok) return toReply({ kind: 'refused', refusals: body.refusals }, replyContext);

  // What this call writes is one change: a fault can show the assets before it.
  if (definition.method !== 'GET' && definition.method !== 'HEAD') tenant.assets.history.next();
  const outcome = run(definition, {
    operationId: definition.id,
    tenant,
    member,
    path: route.path,
    query: query.value,
    body: body.value,
    headers: request.headers,
    now: world.clock.now(),
    switches,
    language,
    announce(events: Parameters<Outbox['announce']>[0]): void {
      seen.deliveries += outbox.announce(events, cause).length;
    },
    expectCalls: () => world.expectCalls(),
    later: (ms: number, work: Work) => jobs.add({ due: world.clock.now() + ms, cause, work }),
    pause: () => pause(world.hub.clock),
    workbooks: world.hub.workbooks,
    warn,
  });
  return outcome instanceof Promise
    ? outcome.then((ended) => toReply(ended, replyContext))
    : toReply(outcome, replyContext);
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
