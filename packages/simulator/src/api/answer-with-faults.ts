import type { Hub } from '../world/hub.ts';
import type { TenantWorld } from '../world/tenant-world.ts';
import { readBody } from './body.ts';
import { bearerOf } from './caller.ts';
import { credentialOf } from './credential.ts';
import { faultyAnswer } from './faulty-answer.ts';
import { handle } from './handle.ts';
import { findRoute, type Route } from './router.ts';
import type { ApiReply, ApiRequest } from './seam.ts';

/** Answers one request with what its tenant's faults make of it; at once and as always when there are none. */
export async function answerWithFaults(request: ApiRequest, hub: Hub): Promise<ApiReply> {
  if (!hub.sawFaults) return handle(request, hub);
  const answer = (): ApiReply => handle(request, hub);
  const route = findRoute(request.method, request.path);
  const world = worldOf(request, { route, hub });
  if (!world || world.faults.size === 0) return answer();
  const definition = route.kind === 'operation' ? route.definition : undefined;
  const { method, path } = request;
  const hits = world.faults.forRequest({ operationId: definition?.id, method, path });
  if (hits.length === 0) return answer();
  const { clock } = world;
  const context = {
    answer,
    rewound: <Result>(changes: number, read: () => Result): Result => rewound(world, { changes, read }),
    forgetToken: (jwt: string) => world.tenant.tokens.forget(jwt),
    permission: definition?.permission ?? null,
    now: clock.now(),
    trace: () => world.trace(),
  };
  const { reply, waitMs } = faultyAnswer(request, { hits, context });
  if (waitMs > 0) await new Promise<void>((resolve) => clock.after(waitMs, resolve));
  return reply;
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

/** Reads are carried out at once, so nobody else sees the past. */
function rewound<Result>(world: TenantWorld, { changes, read }: { changes: number; read: () => Result }): Result {
  const { tenant } = world;
  world.tenant = { ...tenant, assets: tenant.assets.past(changes) };
  try {
    return read();
  } finally {
    world.tenant = tenant;
  }
}
