import type { Clock } from '../clock.ts';
import type { Switches } from '../generated/switches.ts';
import type { CallResult, Deliverer, OutgoingCall } from './deliverer.ts';
import { makeCall } from './without-socket.ts';

/** Makes one call; no answer in time is a failure whatever the deliverer does (B148). `lost` is why its answer does not count. */
export function withinTime(
  call: OutgoingCall,
  { deliver, clock, lost }: { deliver: Deliverer; clock: Clock; lost: string | undefined },
): Promise<CallResult> {
  const { timeoutMs } = call;
  return new Promise((resolve) => {
    const late = { kind: 'failed', reason: `no answer within ${timeoutMs} ms` } as const;
    const cancel = clock.after(timeoutMs, () => resolve(late));
    const settle = (result: CallResult): void => {
      cancel();
      resolve(lost === undefined ? result : { kind: 'failed', reason: lost });
    };
    // A deliverer that throws instead of answering is a failure like any other.
    makeCall(call, deliver).then(settle, (error: unknown) => settle({ kind: 'failed', reason: String(error) }));
  });
}

/** null for success, else the text HubEx would keep as lastCall.exception (B120, B147). */
export function exceptionOf(result: CallResult, success: Switches['deliverySuccess']): string | null {
  if (result.kind === 'failed') return result.reason;
  const { status } = result;
  const isSuccess = success === '200' ? status === 200 : status >= 200 && status < 300;
  return isSuccess ? null : `The receiver answered ${status}.`;
}
