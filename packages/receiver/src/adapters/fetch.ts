import type { Receiver } from '../create-receiver.ts';
import type { BodyLimits, IncomingBody } from '../incoming.ts';
import { joinBytes, unpackBody } from './unpack-body.ts';

/**
 * Connects a receiver to anything that speaks fetch: Hono, Next, SvelteKit, Bun, Deno, Workers. It answers every request it is given.
 *
 * @example
 * app.all('/hubex/*', ({ req }) => hubex(req.raw)); // Hono, with const hubex = toFetchHandler(receiver)
 * @example
 * export const POST = toFetchHandler(receiver); // Next, app/hubex/route.ts; the same for GET
 * export const POST = ({ request }) => hubex(request); // SvelteKit, +server.ts
 * @example
 * Bun.serve({ fetch: toFetchHandler(receiver) }); // Deno.serve(toFetchHandler(receiver))
 * @example
 * // Workers: keep the program alive until the handlers are done
 * async fetch(request, env, context) {
 *   const answer = await hubex(request);
 *   context.waitUntil(receiver.idle());
 *   return answer;
 * }
 */
export function toFetchHandler(receiver: Pick<Receiver, 'receive'>): (request: Request) => Promise<Response> {
  return async (request) => {
    const readBody = (limits: BodyLimits): Promise<IncomingBody> => readRequest(request, limits);
    const { status, close } = await receiver.receive({ method: request.method, url: request.url, readBody });
    return new Response(null, { status, headers: close ? { connection: 'close' } : {} });
  };
}

async function readRequest(request: Request, { maxBodyBytes, bodyTimeoutMs }: BodyLimits): Promise<IncomingBody> {
  const { body } = request;
  if (request.bodyUsed || body?.locked) return { kind: 'consumed' };
  if (!body) return { kind: 'body', body: '' };
  const reader = body.getReader();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), bodyTimeoutMs);
  });
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const part = await Promise.race([reader.read(), late]);
      if (part === 'late' || part.done) {
        if (part === 'late') reader.cancel().catch(() => undefined);
        if (size > maxBodyBytes) return { kind: 'too-large' };
        return part === 'late' ? { kind: 'too-slow' } : await unpackBody(joinBytes(pieces, size), maxBodyBytes);
      }
      size += part.value.byteLength;
      // The rest is thrown away but awaited: a sender whose connection breaks while he sends does not see his 413.
      if (size > maxBodyBytes) pieces.length = 0;
      else pieces.push(part.value);
    }
  } catch {
    return { kind: 'incomplete' };
  } finally {
    clearTimeout(timer);
  }
}
