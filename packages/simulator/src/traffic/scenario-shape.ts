import type { Action, Choice, Flow, Phase, Rhythm, Scenario, SingleAction, Step } from './scenario.ts';
import { duration, type Field, jsonSchemaOf, rate, type ShapeOf, text } from './shape.ts';

/** Actions on one asset, with what each does. */
export const singleActions: Readonly<Record<SingleAction, string>> = {
  create: 'new equipment at a site (40)',
  edit: 'a change on the card of an asset (41)',
  publish: 'an unpublished asset is published (43)',
  unpublish: 'a published asset is unpublished (44)',
  delete: 'an asset without children and tasks is deleted (42)',
  restore: 'a deleted asset comes back (41)',
};

/** Every action, with what it does. */
export const actions: Readonly<Record<Action, string>> = {
  ...singleActions,
  import: 'a workbook is imported: 41 for each changed row, 40 for each new one',
  'mass-edit': 'one call changes many assets (41 each)',
  'mass-publish': 'one call publishes many assets (43 each)',
  'mass-unpublish': 'one call unpublishes many assets (44 each)',
  'mass-delete': 'one call deletes many assets (42 each)',
  'activate-webhooks': 'an administrator switches every webhook on again',
};

const choices: readonly Choice[] = ['popular', 'any', 'newest', 'oldest'];
const rhythms: readonly Rhythm[] = ['round-the-clock', 'office', 'shop'];
const choose: Field = { kind: 'choice', doc: 'Which of the assets that fit.', of: choices };

const step: ShapeOf<Step> = {
  fields: {
    action: { kind: 'choice', doc: 'What is done.', of: Object.keys(actions) },
    count: { kind: 'number', doc: 'Assets (rows) it concerns. Default 1.', least: 1, most: 100_000, whole: true },
    after: duration('Pause before it. Default none.'),
    over: duration('Single actions only: spread evenly over this time. Default: all at once.'),
    choose,
    changed: {
      ...{ kind: 'number', least: 0, most: 1, whole: false },
      doc: 'import only: the part of the rows that change assets already there. Default 0.',
    },
  },
  required: ['action'],
};

const mix: ShapeOf<Record<SingleAction, number>> = {
  fields: Object.fromEntries(
    Object.entries(singleActions).map(([name, what]) => [
      name,
      { kind: 'number', doc: `Weight: ${what}.`, least: 0, most: 1_000_000, whole: false } as const,
    ]),
  ) as Record<SingleAction, Field>, // fromEntries forgets the keys it was given
  required: [],
  oneOf: ['create', 'edit', 'publish', 'unpublish', 'delete', 'restore'],
};

const flow: ShapeOf<Flow> = {
  fields: {
    rate: rate('Actions in the busiest hour of the rhythm, as a rate.'),
    arrivals: { kind: 'choice', doc: 'At random moments (default) or like a metronome.', of: ['poisson', 'even'] },
    rhythm: { kind: 'choice', doc: 'How the rate follows weekday and hour in Moscow.', of: rhythms },
    mix: { kind: 'object', doc: 'Weights of the actions.', of: mix },
    choose,
  },
  required: ['rate', 'mix'],
};

const phase: ShapeOf<Phase> = {
  fields: {
    name: text('For people.', 100),
    at: duration('When it begins, from the start. Default: when the phase before it has ended.'),
    for: duration('How long it lasts; flow and faults need it.'),
    do: { kind: 'list', doc: 'Steps, one after another.', of: step, most: 1000 },
    flow: { kind: 'object', doc: 'A stream of single changes.', of: flow },
    faults: { kind: 'faults', doc: 'What goes wrong meanwhile: fault rules that end with the phase.', most: 20 },
  },
  required: [],
  oneOf: ['do', 'flow', 'faults'],
};

/** The fields of a scenario: what is checked and what the JSON Schema says come from here. */
export const scenarioShape: ShapeOf<Scenario> = {
  fields: {
    name: {
      ...{
        kind: 'text',
        longest: 60,
        pattern: '^[a-z0-9][a-z0-9-]{0,59}$',
        like: 'lower-case letters, digits and hyphens, at most 60',
      },
      doc: 'Lower-case letters, digits and hyphens.',
    },
    models: text('What it models, in a sentence or two.', 500),
    phases: { kind: 'list', doc: 'Its phases.', of: phase, most: 200 },
  },
  required: ['name', 'phases'],
};

/** The JSON Schema (draft 2020-12) of a scenario. */
export function scenarioJsonSchema(): Record<string, unknown> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A scenario of the HubEx mock',
    ...jsonSchemaOf(scenarioShape),
  };
}
