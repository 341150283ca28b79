import type { OperationId } from '@hubex-kit/contract/operations';
import type { Clock } from '../clock.ts';
import { ControlError } from '../control/control-error.ts';
import { createRandomness, type Randomness } from '../randomness.ts';
import type { ApiFault } from './api-fault.ts';
import type { FaultPart } from './declaration.ts';
import type { DeliveryFault } from './delivery-fault.ts';
import type { AskedRule, FaultRule, PlannedRule, RuleState } from './fault-rule.ts';
import { matchesDelivery, matchesRequest } from './places.ts';
import { faultCatalogue, readRule } from './read-rule.ts';

/** A fault that a call takes, and the rule it comes from. */
export interface Hit<Fault> {
  readonly rule: number;
  readonly part: FaultPart;
  readonly fault: Fault;
  /** Of this hit alone: the same seed, rule and call give the same. */
  readonly randomness: Randomness;
}

/** A call of the API as rules see it. */
export interface FaultyRequest {
  /** undefined for an address that is no operation. */
  readonly operationId: OperationId | undefined;
  readonly method: string;
  readonly path: string;
}

/** A delivery as rules see it; eventId and assetId are null for a raw body. */
export interface FaultyDelivery {
  readonly eventId: number | null;
  readonly assetId: number | null;
  readonly webhookId: number;
}

/** Everything a plan knows, as plain data. */
export interface FaultPlanState {
  readonly nextId: number;
  readonly rules: readonly PlannedRule[];
}

/** Rules a plan may have: each call looks at all of them. */
export const mostRules = 1000;

interface Counted {
  readonly id: number;
  readonly rule: FaultRule;
  seen: number;
  hits: number;
}

/** What goes wrong in one tenant. Without rules it costs nothing. */
export class FaultPlan {
  readonly #seed: number;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #onRule: () => void;
  #rules: Counted[] = [];
  #nextId = 1;

  /** `onRule` is told when there may be rules: whoever asks for every call can save the trouble until then. */
  constructor(parts: { seed: number; clock: Pick<Clock, 'now'>; onRule?: () => void }) {
    this.#seed = parts.seed;
    this.#clock = parts.clock;
    this.#onRule = parts.onRule ?? (() => undefined);
  }

  /** How many rules there are. */
  get size(): number {
    return this.#rules.length;
  }

  /**
   * Adds a rule behind the others and returns it with its standard values filled in.
   * @throws ControlError for a rule that cannot be used, or above 1000 rules.
   */
  add(asked: AskedRule | Readonly<Record<string, unknown>>): PlannedRule {
    const rule = readRule(asked, this.#clock.now());
    if (this.#rules.length >= mostRules)
      throw new ControlError('rule', `There are ${mostRules} rules already; remove some with DELETE or clear them.`);
    const counted = { id: this.#nextId++, rule, seen: 0, hits: 0 };
    this.#rules.push(counted);
    this.#onRule();
    return planned(counted);
  }

  /** Removes a rule; false when there is none with this id. */
  remove(id: number): boolean {
    const before = this.#rules.length;
    this.#rules = this.#rules.filter((rule) => rule.id !== id);
    return this.#rules.length < before;
  }

  /** Removes all rules and returns how many there were. */
  clear(): number {
    return this.#rules.splice(0).length;
  }

  /** All rules in the order in which they were added. */
  list(): readonly (PlannedRule & { readonly state: RuleState })[] {
    return this.#rules.map((counted) => ({ ...planned(counted), state: this.#stateOf(counted) }));
  }

  /** The faults that a call of the API takes. Counts. */
  forRequest(request: FaultyRequest): readonly Hit<ApiFault>[] {
    if (this.#rules.length === 0) return none;
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    return this.#hits<ApiFault>(
      (rule) =>
        rule.on === 'api' &&
        matchesRequest(rule.where, request) &&
        (isRead || faultCatalogue.api[rule.fault.kind]?.only !== 'reads'),
    );
  }

  /** The faults of a delivery as a whole: when it goes out and what it says. Counts; asked once for a delivery. */
  forDelivery(delivery: FaultyDelivery): readonly Hit<DeliveryFault>[] {
    if (this.#rules.length === 0) return none;
    return this.#hits<DeliveryFault>((rule, part) => part !== 'wire' && isAbout(rule, delivery));
  }

  /** The fault of one attempt, on the wire. Counts; asked for each attempt. */
  forAttempt(delivery: FaultyDelivery): Hit<DeliveryFault> | undefined {
    if (this.#rules.length === 0) return undefined;
    return this.#hits<DeliveryFault>((rule, part) => part === 'wire' && isAbout(rule, delivery))[0];
  }

  /** Rules and counts as plain data, for snapshots. */
  save(): FaultPlanState {
    return structuredClone({ nextId: this.#nextId, rules: this.#rules.map(planned) });
  }

  /** Puts back what `save` gave; later calls are hit as they would have been then. */
  load(state: FaultPlanState): void {
    const { nextId, rules } = structuredClone(state);
    this.#nextId = nextId;
    this.#onRule();
    this.#rules = rules.map(({ id, seen, hits, ...rule }) => ({ id, rule, seen, hits }));
  }

  /** Goes through the rules in order; each part of a call is taken by the first rule that hits it. */
  #hits<Fault extends ApiFault | DeliveryFault>(
    isAboutIt: (rule: FaultRule, part: FaultPart) => boolean,
  ): Hit<Fault>[] {
    const hits: Hit<Fault>[] = [];
    for (const counted of this.#rules) {
      const { id, rule } = counted;
      const part = faultCatalogue[rule.on][rule.fault.kind]?.part;
      if (part === undefined || hits.some((hit) => hit.part === part) || !isAboutIt(rule, part)) continue;
      const state = this.#stateOf(counted);
      if (state === 'spent' || state === 'over') continue;
      const randomness = createRandomness(mixed(this.#seed, { rule: id, call: ++counted.seen }));
      if (state === 'waiting' || randomness.next() >= rule.probability) continue;
      counted.hits++;
      // isAboutIt let only rules of this kind of call through.
      hits.push({ rule: id, part, fault: rule.fault as Fault, randomness });
    }
    return hits;
  }

  #stateOf({ rule, seen, hits }: Counted): RuleState {
    if (rule.until !== null && this.#clock.now() >= Date.parse(rule.until)) return 'over';
    if (rule.times !== null && hits >= rule.times) return 'spent';
    return seen < rule.skip ? 'waiting' : 'active';
  }
}

const none: readonly never[] = [];

function planned({ id, rule, seen, hits }: Counted): PlannedRule {
  return { id, ...rule, seen, hits };
}

function isAbout(rule: FaultRule, delivery: FaultyDelivery): boolean {
  if (rule.on !== 'delivery' || !matchesDelivery(rule.where, delivery)) return false;
  return delivery.eventId !== null || faultCatalogue.delivery[rule.fault.kind]?.only !== 'events';
}

/** Each call of each rule has a seed of its own, so rules do not disturb each other and a plan needs to keep nothing but counts. */
function mixed(seed: number, { rule, call }: { rule: number; call: number }): number {
  return (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(rule, 0xc2b2ae35) ^ Math.imul(call, 0x27d4eb2f)) | 0;
}
