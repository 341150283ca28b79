import { createRandomness, type Randomness } from '../randomness.ts';
import { arrivals } from './arrivals.ts';
import { readDuration } from './duration.ts';
import type { PlacedPhase } from './place-phases.ts';
import type { Action, Choice, Flow, PhaseFault, SingleAction, Step } from './scenario.ts';
import { singleActions } from './scenario-shape.ts';

/** Something that happens `at` milliseconds after the start of the scenario. */
export type Moment = { readonly at: number } & (
  | { readonly kind: 'single'; readonly action: SingleAction; readonly choice: Choice }
  | { readonly kind: 'mass'; readonly step: Step & { readonly action: Exclude<Action, SingleAction> } }
  | { readonly kind: 'faults-begin'; readonly of: PlacedPhase; readonly faults: readonly PhaseFault[] }
  | { readonly kind: 'faults-end'; readonly of: PlacedPhase }
);

/** Everything that happens in these phases, in order of time; made while it is read, so a long scenario costs no memory. */
export function* moments(
  phases: readonly PlacedPhase[],
  { seed, start }: { seed: number; start: number },
): Generator<Moment, undefined> {
  const lines = phases.flatMap((placed, index) => {
    const { phase } = placed;
    // A stream of its own for each phase: a change in one leaves the others as they were.
    const randomness = createRandomness((seed + Math.imul(index + 1, 0x9e3779b1)) | 0);
    return [
      ...(phase.faults ? [breaking(placed, phase.faults)] : []),
      ...(phase.do ? [stepping(placed, phase.do)] : []),
      ...(phase.flow ? [flowing(placed, { flow: phase.flow, start, randomness })] : []),
    ];
  });
  const heads = lines.flatMap((line) => {
    const { value } = line.next();
    return value ? [{ line, head: value }] : [];
  });
  while (heads.length > 0) {
    const first = heads.reduce((best, each) => (each.head.at < best.head.at ? each : best));
    yield first.head;
    const { value } = first.line.next();
    if (value) first.head = value;
    else heads.splice(heads.indexOf(first), 1);
  }
  return undefined;
}

function* breaking(of: PlacedPhase, faults: readonly PhaseFault[]): Generator<Moment, undefined> {
  yield { at: of.from, kind: 'faults-begin', of, faults };
  yield { at: of.till, kind: 'faults-end', of };
  return undefined;
}

function* stepping({ from }: PlacedPhase, steps: readonly Step[]): Generator<Moment, undefined> {
  let at = from;
  for (const step of steps) {
    at += step.after === undefined ? 0 : readDuration(step.after);
    const { action, count = 1, choose: choice = 'any' } = step;
    if (!isSingle(action)) {
      yield { at, kind: 'mass', step: { ...step, action } };
      continue;
    }
    const over = step.over === undefined ? 0 : readDuration(step.over);
    for (let done = 0; done < count; done++)
      yield { at: at + Math.round((over * done) / count), kind: 'single', action, choice };
    at += over;
  }
  return undefined;
}

function* flowing(
  { from, till }: PlacedPhase,
  { flow, start, randomness }: { flow: Flow; start: number; randomness: Randomness },
): Generator<Moment, undefined> {
  const kinds: { readonly action: SingleAction; readonly upTo: number }[] = [];
  let total = 0;
  for (const [action, weight] of Object.entries(flow.mix)) {
    total += weight;
    if (isSingle(action)) kinds.push({ action, upTo: total });
  }
  for (const at of arrivals(flow, { from, till, start, randomness })) {
    const drawn = randomness.next() * total;
    const action = kinds.find(({ upTo }) => drawn < upTo)?.action ?? 'edit';
    yield { at: Math.round(at), kind: 'single', action, choice: flow.choose ?? 'popular' };
  }
  return undefined;
}

function isSingle(action: string): action is SingleAction {
  return Object.hasOwn(singleActions, action);
}
