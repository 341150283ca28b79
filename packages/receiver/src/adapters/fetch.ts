import type { Receiver } from '../create-receiver.ts';
import type { IncomingBody } from '../incoming.ts';
import type { BodyLimits } from '../options.ts';

/** Connects a receiver to anything that speaks fetch: Hono, Next, SvelteKit, Bun, Deno, Workers. */
export function toFetchHandler(receiver: Receiver): (request: Request) => Promise<Response> {
  return async (request) => {
    const readBody = (limits: BodyLimits): Promise<IncomingBody> => readRequest(request, limits);
    const { status, close } = await receiver.receive({ method: request.method, url: request.url, readBody });
    return new Response(null, { status, headers: close ? { connection: 'close' } : {} });
  };
}

async function readRequest(request: Request, { maxBodyBytes, bodyTimeoutMs }: BodyLimits): Promise<IncomingBody> {
  if (request.bodyUsed) return { kind: 'consumed' };
  if (!request.body) return { kind: 'body', body: '' };
  const reader = request.body.getReader();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), bodyTimeoutMs);
  });
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  try {
    for (;;) {
      const part = await Promise.race([reader.read(), late]);
      if (part === 'late') return await give(reader, 'too-slow');
      if (part.done) break;
      size += part.value.byteLength;
      if (size > maxBodyBytes) return await give(reader, 'too-large');
      text += decoder.decode(part.value, { stream: true });
    }
  } catch {
    return { kind: 'incomplete' };
  } finally {
    clearTimeout(timer);
  }
  return { kind: 'body', body: text + decoder.decode() };
}

/** Gives a body up: the rest is not read. */
async function give(reader: ReadableStreamDefaultReader, kind: 'too-slow' | 'too-large'): Promise<IncomingBody> {
  reader.cancel().catch(() => undefined);
  return { kind };
}
