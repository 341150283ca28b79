import { callError, isHubexError } from '../error.ts';
import type { Settings } from '../settings.ts';
import type { Send } from './outgoing.ts';
import { readReply } from './read.ts';
import { within } from './within.ts';

/** One HTTP request with its own time limit, which covers the body too: headers alone are no answer. */
export function createSend({ fetch, clock, read }: Settings): Send {
  return ({ id: operationId, url, method, headers, body = null, signal, timeoutMs: ms }) =>
    within(
      async (inner) => {
        try {
          const response = await fetch()(url, { method, headers, body, signal: inner });
          return await readReply(response, { operationId, read });
        } catch (cause) {
          if (isHubexError(cause)) throw cause;
          // The cause names the host; the address itself may hold a password.
          const message = 'HubEx could not be reached. Check baseUrl.';
          throw callError('hubex/network', operationId, { message, cause });
        }
      },
      { ms, field: 'timeoutMs', clock, signal, operationId },
    );
}
