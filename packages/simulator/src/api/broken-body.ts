import type { ApiFault } from '../faults/api-fault.ts';
import type { ApiReply } from './seam.ts';

/** A reply whose body or content type a fault changes. */
export function breakBody(reply: ApiReply, fault: ApiFault): ApiReply {
  switch (fault.kind) {
    case 'empty-body':
      return { ...reply, body: undefined };
    case 'malformed-json':
      return { ...reply, body: reply.body?.slice(0, -1) };
    case 'byte-order-mark':
      return { ...reply, body: typeof reply.body === 'string' ? `\uFEFF${reply.body}` : reply.body };
    case 'wrong-content-type':
      return { ...reply, headers: { ...reply.headers, 'content-type': fault.contentType } };
    default:
      return reply;
  }
}
