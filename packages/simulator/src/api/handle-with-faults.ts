import type { FaultMark } from '../outbox/journal.ts';
import type { Hub } from '../world/hub.ts';
import type { TenantWorld } from '../world/tenant-world.ts';
import { readBody } from './body.ts';
import { bearerOf } from './caller.ts';
import { credentialOf } from './credential.ts';
import { faultyAnswer } from './faulty-answer.ts';
import { type Handled, handle } from './handle.ts';
import { findRoute, type Route } from './router.ts';
import type { ApiReply, ApiRequest } from './seam.ts';

/** A request with what the faults of its tenant made of it. */
export interface FaultyHandled {
  readonly handled: Handled;
  readonly faults: readonly FaultMark[];
  /** Milliseconds the reply is to wait by the clock of the tenant. */
  readonly waitMs: number;
}

/** Answers one request with the faults of its tenant. */
export function handleWithFaults(request: ApiRequest, hub: Hub): FaultyHandled {
  const route = findRoute(request.method, request.path);
  const definition = route.kind === 'operation' ? route.definition : undefined;
  const world = worldOf(request, { route, hub });
  const { method, path } = request;
  const hits = world?.faults.forRequest({ operationId: definition?.id, method, path }) ?? [];
  if (!world || hits.length === 0) return { handled: handle(request, hub), faults: [], waitMs: 0 };
  let carriedOut: Handled | undefined;
  const context = {
    answer(): ApiReply {
      carriedOut = handle(request, hub);
      return carriedOut.reply;
    },
    rewound: <Result>(changes: number, read: () => Result): Result =>
      world.seenWith(world.tenant.assets.past(changes), read),
    forgetToken: (jwt: string) => world.tenant.tokens.forget(jwt),
    permission: definition?.permission ?? null,
    now: world.clock.now(),
    trace: () => world.trace(),
  };
  const { reply, waitMs } = faultyAnswer(request, { hits, context });
  const handled = carriedOut ?? { world, definition, memberId: null, requestId: undefined, deliveries: 0 };
  const faults = hits.map(({ rule, fault }) => ({ rule, kind: fault.kind }));
  return { handled: { ...handled, reply }, faults, waitMs };
}

/** The tenant a request belongs to, made by nobody on the way: a fault cannot be older than its tenant. */
function worldOf(request: ApiRequest, { route, hub }: { route: Route; hub: Hub }): TenantWorld | undefined {
  const { headers } = request;
  if (route.kind !== 'operation' || route.definition.auth !== 'anonymous') return hub.byIssued(bearerOf(headers));
  const contentType = headers['content-type'];
  const body = readBody(route.definition, { bytes: request.body, contentType, warn: () => undefined });
  const credential = credentialOf(body.ok === true ? body.value : undefined, headers);
  return credential.kind === 'none' ? hub.defaultWorld : hub.known(credential.token);
}
