/** A call under way that a fault sends on a socket of its own. */
export interface OpenCall {
  /** Set once the call has begun to be sent. */
  abort?: (reason: Error) => void;
  /** Never goes out, or is broken off. */
  isCancelled: boolean;
  /** Tells whoever waits for the call that it is over. */
  end: (reason: Error) => void;
}

/** Ends a call, whether it has begun or not. */
export function breakOff(call: OpenCall, reason: string): void {
  const error = new Error(reason);
  call.isCancelled = true;
  call.end(error);
  call.abort?.(error);
}
