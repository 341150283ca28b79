import { type Handled, handle } from './api/handle.ts';
import { handleWithFaults } from './api/handle-with-faults.ts';
import { keptBody } from './api/kept-body.ts';
import type { ApiReply, ApiRequest } from './api/seam.ts';
import type { FaultMark } from './outbox/journal.ts';
import type { Hub } from './world/hub.ts';

const none: readonly FaultMark[] = [];

/** Answers one request, with the faults of its tenant, and writes it down in the tenant's journal. A promise only where an answer comes late. */
export function answer(request: ApiRequest, hub: Hub): ApiReply | Promise<ApiReply> {
  const started = hub.clock.now();
  if (!hub.mayHaveFaults)
    return written(request, { hub, started, handled: handle(request, hub), faults: none, waitMs: 0 });
  const faulty = handleWithFaults(request, hub);
  const reply = written(request, { hub, started, ...faulty });
  const { handled, waitMs } = faulty;
  if (waitMs === 0) return reply;
  return new Promise((resolve) => handled.world.clock.after(waitMs, () => resolve(reply)));
}

function written(
  request: ApiRequest,
  seen: { hub: Hub; started: number; handled: Handled; faults: readonly FaultMark[]; waitMs: number },
): ApiReply {
  const { hub, started, handled, faults, waitMs } = seen;
  const { reply, world, definition, memberId, requestId = world.requests.begin(), deliveries } = handled;
  const record = {
    id: requestId,
    at: world.clock.now(),
    method: request.method,
    path: request.path,
    query: request.query,
    operationId: definition?.id ?? null,
    memberId,
    status: reply.status,
    ms: hub.clock.now() - started + waitMs,
    requestSize: request.body?.byteLength ?? 0,
    requestBody: keptBody(request.body, definition?.service),
    replySize: reply.body?.length ?? 0,
    faults,
    deliveries,
  };
  world.requests.add(record);
  world.activity.request(record);
  return reply;
}
