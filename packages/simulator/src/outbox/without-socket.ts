import type { CallResult, Deliverer, OutgoingCall } from './deliverer.ts';

/** Makes a call; what a fault breaks off is not made by a deliverer that has no socket to break, and ends as it would have ended. */
export async function makeCall(call: OutgoingCall, deliver: Deliverer): Promise<CallResult> {
  const { transmission, ...whole } = call;
  if (!transmission || deliver.transmits) return await deliver(call);
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
