import type { CallResult, Deliverer, OutgoingCall } from '../outbox/deliverer.ts';
import { createRandomness } from '../randomness.ts';
import type { Trouble } from './scenario.ts';

/** Stands between outbox and receivers: while there is trouble, calls meet it instead of the receiver. */
export class ReceiverTrouble {
  readonly #active: Set<Trouble> = new Set();
  readonly #seed: number;

  /** The same seed gives the same calls trouble. */
  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Begins; the returned function ends it. */
  begin(trouble: Trouble): () => void {
    // A copy: two troubles that are alike are still two.
    const own = { ...trouble };
    this.#active.add(own);
    return () => void this.#active.delete(own);
  }

  /** A deliverer that meets the trouble. */
  around(deliver: Deliverer): Deliverer {
    const troubled: Deliverer = (call) => {
      const met = this.#meet(call);
      return met ? Promise.resolve(met) : deliver(call);
    };
    if (deliver.cancel) troubled.cancel = () => deliver.cancel?.() ?? Promise.resolve();
    return troubled;
  }

  #meet(call: OutgoingCall): CallResult | undefined {
    for (const { answers, share = 1 } of this.#active) {
      // By delivery and attempt, not by order: calls under way together do not change each other's luck.
      const luck = createRandomness(this.#seed ^ Math.imul(call.deliveryId, 31) ^ call.attempt).next();
      if (luck >= share) continue;
      return answers === 'nothing'
        ? { kind: 'failed', reason: 'connect ECONNREFUSED' }
        : { kind: 'answered', status: answers };
    }
    return undefined;
  }
}
