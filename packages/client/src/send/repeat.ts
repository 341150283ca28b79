import { pause } from '../clock.ts';
import { type HubexError, isHubexError } from '../error.ts';
import { isWorthRepeating, pauseBefore } from '../retry/retry.ts';
import { type AttemptContext, attempt } from './attempt.ts';
import type { BuiltRequest } from './build.ts';
import { type LooseReply, readReply } from './read.ts';

/** Sends until there is a good answer, or an error that repeating cannot help. `send` makes one try. */
export async function repeat(
  request: BuiltRequest,
  context: AttemptContext & { readonly isHarmless?: boolean; readonly send?: () => Promise<Response> },
): Promise<LooseReply> {
  const {
    settings,
    operationId,
    signal,
    isHarmless = request.headers.has('X-Concurrency-Stamp'),
    send = () => attempt(request, context),
  } = context;
  const { retry, random, clock, limiter } = settings;
  for (let repetition = 1; ; repetition++) {
    try {
      return await readReply(await send(), operationId);
    } catch (error) {
      if (!isHubexError(error)) throw error;
      if (error.code === 'hubex/rate-limited')
        limiter?.penalise(error.retryAfter === undefined ? undefined : error.retryAfter * 1_000);
      const { method } = request;
      if (repetition > retry.attempts || !isWorthRepeating({ error, method, isStamped: isHarmless }))
        throw told(error, repetition);
      const waitMs = pauseBefore(repetition, { error, retry, random });
      settings.hooks.onRetry?.({ operationId, attempt: repetition, waitMs, code: error.code });
      await pause(waitMs, { clock, signal });
    }
  }
}

/** The last failure, saying how often it was tried. */
function told(error: HubexError, tries: number): HubexError {
  if (tries > 1) error.message += ` It was tried ${tries} times.`;
  return error;
}
