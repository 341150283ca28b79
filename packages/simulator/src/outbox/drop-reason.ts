// A storm against a dead receiver must not eat the machine; HubEx's own bound is unknown.
const longestQueue = 100_000;

/** Why everything is dropped that was not over when its outbox closed. */
export const closedReason = 'the simulator was reset or closed';

/** Why a new delivery is never called; undefined when it is. `fault` is the reason of a fault; more than `maxDepth` in front of it are a loop. */
export function dropReason(delivery: {
  isClosed: boolean;
  fault: string | undefined;
  depth: number | undefined;
  maxDepth: number | undefined;
  waiting: number;
}): string | undefined {
  const { isClosed, fault, depth = 1, maxDepth = Number.POSITIVE_INFINITY, waiting } = delivery;
  if (isClosed) return closedReason;
  if (fault !== undefined) return fault;
  if (depth > maxDepth + 1)
    return `a loop: more than ${maxDepth} deliveries led to this one, each caused by the one before`;
  return waiting >= longestQueue ? `more than ${longestQueue} deliveries were waiting for this webhook` : undefined;
}
