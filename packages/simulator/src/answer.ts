import { handle } from './api/handle.ts';
import { keptBody } from './api/kept-body.ts';
import type { ApiReply, ApiRequest } from './api/seam.ts';
import type { Hub } from './world/hub.ts';

/** Answers one request and writes it down in the journal of its tenant. */
export function answer(request: ApiRequest, hub: Hub): ApiReply {
  const started = hub.clock.now();
  const { reply, world, definition, memberId, requestId = world.requests.begin(), deliveries } = handle(request, hub);
  const record = {
    id: requestId,
    at: world.clock.now(),
    method: request.method,
    path: request.path,
    query: request.query,
    operationId: definition?.id ?? null,
    memberId,
    status: reply.status,
    ms: hub.clock.now() - started,
    requestSize: request.body?.byteLength ?? 0,
    requestBody: keptBody(request.body, definition?.service),
    replySize: reply.body?.length ?? 0,
    deliveries,
  };
  world.requests.add(record);
  world.activity.request(record);
  return reply;
}
