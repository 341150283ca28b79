import type { Receiver } from '../create-receiver.ts';

/** Milliseconds that an answer waits for handlers at most. */
export const longestWaitMs = 3000;

/**
 * A receiver that answers once its handlers are done, after three seconds at the latest: cloud functions stop the program as soon as
 * it has answered, and a handler that was still running would be lost. How long HubEx waits for an answer is not known, hence the limit.
 */
export function awaitHandlers(receiver: Receiver): Pick<Receiver, 'receive'> {
  return {
    async receive(request) {
      const answer = await receiver.receive(request);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const limit = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, longestWaitMs);
      });
      await Promise.race([receiver.idle(), limit]);
      clearTimeout(timer);
      return answer;
    },
  };
}
