import type { ApiReply, ApiRequest } from './api/seam.ts';

/** A fetch request as the seam's plain data; a leading /fsm belongs to the base address. */
export async function fromFetch(request: Request): Promise<ApiRequest> {
  const { pathname, search } = new URL(request.url);
  const bytes = request.body ? new Uint8Array(await request.arrayBuffer()) : undefined;
  return {
    method: request.method.toUpperCase(),
    path: pathname.replace(/^\/fsm(?=\/|$)/i, ''),
    query: search.slice(1),
    headers: Object.fromEntries(request.headers),
    body: bytes,
  };
}

/** The seam's reply as a fetch response. */
export function toFetch(reply: ApiReply): Response {
  // Any byte array is a body at run time; the types of fetch differ between platforms.
  const body = (reply.body ?? null) as ConstructorParameters<typeof Response>[0];
  return new Response(body ?? null, { status: reply.status, headers: { ...reply.headers } });
}
