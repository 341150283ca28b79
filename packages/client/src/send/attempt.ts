import { HubexError } from '../error.ts';
import type { Priority } from '../limit/rate-limiter.ts';
import type { Settings } from '../options.ts';
import type { BuiltRequest } from './build.ts';

/** What an attempt has to know besides the request. */
export interface AttemptContext {
  readonly settings: Settings;
  readonly operationId: string;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
  readonly priority?: Priority | undefined;
}

/** One HTTP request, once the limiter lets it through, with its own time limit; nothing stays behind on the caller's signal. */
export async function attempt(request: BuiltRequest, context: AttemptContext): Promise<Response> {
  const { settings, operationId, signal, priority = 'normal' } = context;
  const timeoutMs = context.timeoutMs ?? settings.timeoutMs;
  if (signal?.aborted || !((await settings.limiter?.take({ priority, signal })) ?? true))
    throw aborted(operationId, signal);
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const cancel = settings.clock.after(timeoutMs, abort);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const { url, body, ...init } = request;
    const response = await settings.fetch()(url, { ...init, body: body ?? null, signal: controller.signal });
    // The time limit covers the body too: headers alone are no answer.
    const bytes = await response.arrayBuffer();
    const { status, headers } = response;
    return new Response(hasBody(status) ? bytes : null, { status, headers });
  } catch (cause) {
    if (signal?.aborted) throw aborted(operationId, signal);
    if (controller.signal.aborted) {
      const message = `${operationId}: HubEx did not answer within ${timeoutMs} ms. Raise timeoutMs or try later.`;
      throw new HubexError('hubex/timeout', message, { operationId, cause });
    }
    const where = new URL(request.url).origin;
    const message = `${operationId}: ${where} could not be reached. Check baseUrl and the network.`;
    throw new HubexError('hubex/network', message, { operationId, cause });
  } finally {
    cancel();
    signal?.removeEventListener('abort', abort);
  }
}

function hasBody(status: number): boolean {
  return status !== 204 && status !== 205 && status !== 304;
}

function aborted(operationId: string, signal: AbortSignal | undefined): HubexError {
  return new HubexError('hubex/aborted', `${operationId} was aborted by the caller.`, {
    operationId,
    cause: signal?.reason,
  });
}
