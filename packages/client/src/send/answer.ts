import type { OperationId } from '@hubex-kit/contract/operations';
import type { CallReply } from './typed.ts';

/** What a call brings, and how HubEx answered it. */
export interface WithResponse<T> {
  readonly data: T;
  readonly status: number;
  readonly headers: Headers;
}

/** The data of one call; `withResponse()` tells status and headers too. The call is made once, whichever is awaited. */
export interface Answer<T> extends Promise<T> {
  withResponse(): Promise<WithResponse<T>>;
}

/** Makes an answer of a reply. */
export function answer<Id extends OperationId, T>(
  reply: Promise<CallReply<Id>>,
  read: (reply: CallReply<Id>) => T,
): Answer<T> {
  const whole = reply.then((each) => ({ data: read(each), status: each.status, headers: each.headers }));
  const data = whole.then((each) => each.data);
  return Object.assign(data, {
    withResponse() {
      // Whoever takes the whole hears of a failure there; the half nobody waits for must not end the process.
      data.catch(() => undefined);
      return whole;
    },
  });
}

/** The answer of a call that brings nothing. */
export function done<Id extends OperationId>(reply: Promise<CallReply<Id>>): Answer<void> {
  return answer(reply, () => undefined);
}
