import type { Switches } from '../generated/switches.ts';
import type { CallResult, Deliverer, OutgoingCall } from './deliverer.ts';

/** null for success, else the text HubEx would keep as lastCall.exception (B120, B147). */
export function exceptionOf(result: CallResult, success: Switches['deliverySuccess']): string | null {
  if (result.kind === 'failed') return result.reason;
  const { status } = result;
  const isSuccess = success === '200' ? status === 200 : status >= 200 && status < 300;
  return isSuccess ? null : `The receiver answered ${status}.`;
}

/** Makes a call; what a fault breaks off is not made by a deliverer that has no socket to break, and ends as it would have ended. */
export async function makeCall(call: OutgoingCall, deliver: Deliverer): Promise<CallResult> {
  if (!call.transmission || deliver.transmits) return await deliver(call);
  const { transmission, ...whole } = call;
  switch (transmission.kind) {
    case 'slow':
    case 'chunked':
      return await deliver(whole);
    case 'reset':
    case 'cut':
      return { kind: 'failed', reason: `the connection broke off after ${transmission.afterBytes ?? 0} bytes (fault)` };
    case 'silence':
      // The time limit of the call ends it.
      return await new Promise<never>(() => undefined);
    default:
      return transmission satisfies never;
  }
}
