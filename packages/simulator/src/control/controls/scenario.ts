import { nearest } from '@hubex-kit/contract/nearest';
import { checkScenario } from '../../traffic/check-scenario.ts';
import { placePhases } from '../../traffic/place-phases.ts';
import type { RunState } from '../../traffic/run-state.ts';
import type { Scenario } from '../../traffic/scenario.ts';
import { namedScenarios } from '../../traffic/scenarios/named-scenarios.ts';
import type { ControlDefinition } from '../control-definition.ts';
import { ControlError } from '../control-error.ts';
import type { DurationField, Input, IntegerField, JsonField, NumberField, StringField } from '../field.ts';

/** A scenario that can be run by name. */
export interface ScenarioListed {
  readonly name: string;
  /** What it models. */
  readonly models: string;
  /**
   * Minutes of its own time that it takes.
   * @format double
   */
  readonly minutes: number;
}

/** The scenarios that can be run by name. */
export interface Scenarios {
  readonly total: number;
  readonly items: readonly ScenarioListed[];
}

/** Lists scenarios. */
export const scenarios: ControlDefinition<Record<never, never>, Scenarios> = {
  method: 'GET',
  path: '/scenarios',
  summary: 'List the scenarios that can be run by name.',
  returns: 'total and items: name, what it models, how many minutes of its own time it takes',
  input: {},
  examples: [{}],
  run() {
    const items = namedScenarios.map((each) => ({
      ...{ name: each.name, models: each.models ?? '' },
      minutes: Math.max(...placePhases(each).map(({ till }) => till)) / 60_000,
    }));
    return { total: items.length, items };
  },
};

/** What to run, and how. */
export const scenarioFields: {
  readonly name: StringField;
  readonly scenario: JsonField<Scenario>;
  readonly seed: IntegerField;
  readonly speed: NumberField & { readonly default: number };
} = {
  name: { kind: 'string', longest: 60, doc: 'a scenario by name; GET /__mock/scenarios lists them' },
  scenario: { kind: 'json', shape: 'object', doc: 'a scenario of your own as plain data, instead of a name' },
  seed: {
    ...{ kind: 'integer', least: -2_147_483_648, most: 2_147_483_647 },
    doc: 'the same seed, start and scenario give the same events; left out: the seed of the tenant',
  },
  speed: {
    ...{ kind: 'number', least: 0.001, most: 1_000_000, default: 1 },
    doc: 'how much faster than the clock of the tenant; 60 makes an hour of a minute',
  },
};

/** Starts a scenario. */
export const scenario: ControlDefinition<typeof scenarioFields, RunState> = {
  method: 'POST',
  path: '/scenario',
  summary: 'Start a scenario: believable work in the tenant over time, by name or as plain data. One at a time.',
  returns: 'the state of the run: when it ends, actions and events so far, a fingerprint of the events',
  input: scenarioFields,
  examples: [
    { name: 'steady-day', speed: 600 },
    { scenario: { name: 'mine', phases: [{ do: [{ action: 'mass-edit', count: 50 }] }] } },
  ],
  run(world, input) {
    const { seed = world.beginning.seed, speed } = input;
    const started = world.traffic.start(readScenario(input), { seed, speed });
    if (started) return started;
    const running = world.traffic.state()?.scenario ?? '';
    throw new ControlError('name', `${running} is still running; stop it with POST /__mock/scenario/stop.`);
  },
};

function readScenario({ name, scenario: own }: Input<typeof scenarioFields>): Scenario {
  if (own !== undefined) {
    if (name !== undefined) throw new ControlError('name', 'Give name or scenario, not both.');
    const checked = checkScenario(own);
    if (checked.ok) return checked.scenario;
    const [first] = checked.problems;
    const more = checked.problems.length > 1 ? ` And ${checked.problems.length - 1} more.` : '';
    throw new ControlError(`scenario.${first?.field ?? ''}`, `${first?.field ?? ''}: ${first?.message ?? ''}${more}`);
  }
  if (name === undefined) throw new ControlError('name', 'Give the name of a scenario, or scenario as plain data.');
  const found = namedScenarios.find((each) => each.name === name);
  if (found) return found;
  const known = namedScenarios.map((each) => each.name);
  throw new ControlError(
    'name',
    `There is no scenario ${name}; did you mean ${nearest(name, known)}? Known: ${known.join(', ')}.`,
  );
}

/** How long to wait for the end. */
export const scenarioStateFields: { readonly within: DurationField & { readonly default: number } } = {
  within: { kind: 'duration', least: 0, most: 300_000, default: 0, doc: 'longest wait for its end' },
};

/** No scenario was started since the last reset. */
export interface NoRun {
  readonly state: 'none';
}

/** Where the latest scenario is, if there was one. */
export type LatestRun = RunState | NoRun;

/** Tells where a scenario is. */
export const scenarioState: ControlDefinition<typeof scenarioStateFields, Promise<LatestRun>> = {
  method: 'GET',
  path: '/scenario',
  summary: 'Tell where the latest scenario is; with within, wait for its end first.',
  returns: 'the state of the run, running when the wait was too short; state none when there was no run',
  input: scenarioStateFields,
  examples: [{ within: '30s' }],
  async run(world, { within }) {
    await world.waiting.until(() => world.traffic.state()?.state !== 'running', within);
    return world.traffic.state() ?? { state: 'none' };
  },
};

/** Stops a scenario. */
export const stopScenario: ControlDefinition<Record<never, never>, LatestRun> = {
  method: 'POST',
  path: '/scenario/stop',
  summary: 'Stop the scenario that runs, with the faults it brought. What it has done stays.',
  returns: 'the state of the run; state none when there was no run',
  input: {},
  examples: [{}],
  run: (world) => world.traffic.stop() ?? { state: 'none' },
};
