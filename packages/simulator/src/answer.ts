import { type Handled, handle } from './api/handle.ts';
import { keptBody } from './api/kept-body.ts';
import type { ApiReply, ApiRequest } from './api/seam.ts';
import type { Hub } from './world/hub.ts';

/** Answers one request and writes it down in the journal of its tenant. At once, unless a file is read or written. */
export function answer(request: ApiRequest, hub: Hub): ApiReply | Promise<ApiReply> {
  const started = hub.clock.now();
  const write = ({ reply, world, definition, memberId, deliveries, ...kept }: Handled): ApiReply => {
    const { requests = world.requests } = kept;
    const { requestId = requests.begin() } = kept;
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
    requests.add(record);
    world.activity.request(record);
    return reply;
  };
  const handled = handle(request, hub);
  return handled instanceof Promise ? handled.then(write) : write(handled);
}
