import { type Handled, handle } from './api/handle.ts';
import { type FaultyHandled, handleWithFaults } from './api/handle-with-faults.ts';
import { keptReply, keptSent } from './api/kept-body.ts';
import type { ApiReply, ApiRequest } from './api/seam.ts';
import type { FaultMark } from './outbox/journal.ts';
import type { Hub } from './world/hub.ts';

const none: readonly FaultMark[] = [];

/**
 * Answers one request, with the faults of its tenant, and writes it down in the tenant's journal. A promise only where a file is read or
 * written, or a tenant has faults.
 */
export function answer(request: ApiRequest, hub: Hub): ApiReply | Promise<ApiReply> {
  const started = hub.clock.now();
  if (hub.mayHaveFaults) return answerWithFaults(request, { hub, started });
  const plain = (handled: Handled): ApiReply => written(request, { hub, started, handled, faults: none, waitMs: 0 });
  const handled = handle(request, hub);
  return handled instanceof Promise ? handled.then(plain) : plain(handled);
}

async function answerWithFaults(
  request: ApiRequest,
  { hub, started }: { hub: Hub; started: number },
): Promise<ApiReply> {
  const faulty = await handleWithFaults(request, hub);
  const reply = written(request, { hub, started, ...faulty });
  const { handled, waitMs } = faulty;
  if (waitMs > 0) await handled.world.faults.late.hold(waitMs);
  return reply;
}

function written(request: ApiRequest, seen: FaultyHandled & { hub: Hub; started: number }): ApiReply {
  const { hub, started, handled, faults, waitMs } = seen;
  const { reply, world, definition, memberId, deliveries } = handled;
  const { requests = world.requests } = handled;
  const { requestId = requests.begin() } = handled;
  const service = definition?.service;
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
    service,
    ...keptSent(request.body, { service, clock: hub.clock }),
    replySize: reply.body?.length ?? 0,
    replyType: reply.headers['content-type'] ?? null,
    reply: keptReply(reply.body, service),
    faults,
    deliveries,
  };
  requests.add(record);
  world.activity.request(record);
  return reply;
}
