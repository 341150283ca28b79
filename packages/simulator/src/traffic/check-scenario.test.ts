import { expect, test } from 'vitest';
import { checkScenario } from './check-scenario.ts';
import { namedScenarios } from './scenarios/named-scenarios.ts';

const drop = { on: 'delivery', fault: 'drop' };
const flow = { rate: '40/h', mix: { edit: 1 } };

function problemsOf(value: unknown): readonly string[] {
  const checked = checkScenario(value);
  return checked.ok ? [] : checked.problems.map(({ field, message }) => `${field}: ${message}`);
}

const withPhase = (phase: object): object => ({ name: 'mine', phases: [phase] });

test.each(namedScenarios)('takes $name after a journey through JSON', (scenario) => {
  expect(problemsOf(JSON.parse(JSON.stringify(scenario)))).toEqual([]);
});

test.each<[string, unknown, RegExp]>([
  ['nothing', undefined, /^scenario: It must be an object with name, models, phases; it was nothing/],
  ['no name', { phases: [{ do: [{ action: 'edit' }] }] }, /^scenario: name is missing/],
  ['a name with spaces', { name: 'My day', phases: [] }, /^name: It must be lower-case letters/],
  ['no phase', { name: 'a', phases: [] }, /^phases: It must be a list of 1 to 200; it was \[\]/],
  ['a misspelt field', withPhase({ flw: flow }), /^phases\[0\]\.flw: There is no flw here; did you mean flow\?/],
  ['an inherited name', withPhase({ constructor: 1 }), /^phases\[0\]\.constructor: There is no constructor here;/],
  ['a phase without anything', withPhase({ for: '1h' }), /^phases\[0\]: It needs at least one of do, flow, faults/],
  ['a misspelt action', withPhase({ do: [{ action: 'mas-edit' }] }), /do\[0\]\.action: .*did you mean mass-edit\?/],
  [
    'a misspelt weight',
    withPhase({ for: '1h', flow: { rate: '1/s', mix: { edt: 1 } } }),
    /mix\.edt: .*did you mean edit\?/,
  ],
  [
    'a mass action in a mix',
    withPhase({ for: '1h', flow: { rate: '1/s', mix: { import: 1 } } }),
    /mix\.import: There is no/,
  ],
  ['weights of nothing', withPhase({ for: '1h', flow: { rate: '1/s', mix: { edit: 0 } } }), /mix: Every weight is 0/],
  ['an endless flow', withPhase({ flow }), /^phases\[0\]: for is missing: how long flow must last/],
  ['a bad duration', withPhase({ for: 'an hour', flow }), /for: It must be a duration such as 90s/],
  [
    'a bad rate',
    withPhase({ for: '1h', flow: { ...flow, rate: 40 } }),
    /rate: It must be a rate such as 50\/s.*it was 40/,
  ],
  ['a count of 0', withPhase({ do: [{ action: 'edit', count: 0 }] }), /count: It must be a whole number from 1/],
  ['a mass action spread', withPhase({ do: [{ action: 'import', over: '1m' }] }), /over: import is one call/],
  ['changed rows of an edit', withPhase({ do: [{ action: 'edit', changed: 1 }] }), /changed: Only an import/],
  ['faults without an end', withPhase({ faults: [drop] }), /^phases\[0\]: for is missing: how long faults must last/],
  [
    'a misspelt fault',
    withPhase({ for: '1h', faults: [{ ...drop, fault: 'drp' }] }),
    /faults\[0\]\.fault\.kind: .*drop/,
  ],
  [
    'an end of its own',
    withPhase({ for: '1h', faults: [{ ...drop, for: 5 }] }),
    /faults\[0\]\.for: A fault of a phase/,
  ],
  ['a fault that is a word', withPhase({ for: '1h', faults: ['drop'] }), /^phases\[0\]\.faults\[0\]: /],
  ['a year and more', withPhase({ for: '401d', flow }), /^phases: The scenario lasts more than 400 days/],
])('refuses %s and names the place', (_, value, message) => {
  expect(problemsOf(value)[0]).toMatch(message);
});

test('names every problem, not only the first', () => {
  expect(problemsOf(withPhase({ at: 'x', for: 'y', flow: { rate: 'z' } }))).toHaveLength(4);
});

test('a phase without at follows the one written before it', () => {
  expect(
    problemsOf({
      name: 'a',
      phases: [
        { for: '300d', flow },
        { for: '101d', flow },
      ],
    })[0],
  ).toMatch(/400 days/);
  expect(
    problemsOf({
      name: 'a',
      phases: [
        { for: '300d', flow },
        { at: '0s', for: '101d', flow },
      ],
    }),
  ).toEqual([]);
});
