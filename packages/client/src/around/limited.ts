import { callError, isHubexError } from '../error.ts';
import type { Send } from '../send/outgoing.ts';
import type { RateLimiter } from './rate-limiter.ts';

/** Lets requests out as fast as a limiter allows, and tells it when HubEx thinks that was too fast. */
export function limited(send: Send, limiter: RateLimiter): Send {
  return async (request) => {
    const { id: operationId, priority, signal } = request;
    if (!(await limiter.take({ priority, signal })))
      throw callError('hubex/aborted', operationId, { message: 'ended while it waited.' });
    try {
      return await send(request);
    } catch (error) {
      if (isHubexError(error, 'hubex/rate-limited')) limiter.penalise(error.retryAfter && error.retryAfter * 1_000);
      throw error;
    }
  };
}
