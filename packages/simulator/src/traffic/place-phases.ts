import { readDuration } from './duration.ts';
import type { Phase, Scenario } from './scenario.ts';

/** A phase with its place in time; milliseconds from the start of the scenario. */
export interface PlacedPhase {
  readonly phase: Phase;
  readonly from: number;
  readonly till: number;
}

/** Gives each phase its beginning and end: without `at` it follows the one written before it. */
export function placePhases(scenario: Pick<Scenario, 'phases'>): readonly PlacedPhase[] {
  let end = 0;
  return scenario.phases.map((phase) => {
    const from = phase.at === undefined ? end : readDuration(phase.at);
    end = from + Math.max(lasting(phase.for), stepsOf(phase));
    return { phase, from, till: end };
  });
}

/** Milliseconds the steps of a phase take. */
function stepsOf(phase: Phase): number {
  return (phase.do ?? []).reduce((sum, { after, over }) => sum + lasting(after) + lasting(over), 0);
}

function lasting(text: Phase['for']): number {
  return text === undefined ? 0 : readDuration(text);
}
