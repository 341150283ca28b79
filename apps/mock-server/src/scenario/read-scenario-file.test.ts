import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { namedScenarios, scenarioJsonSchema } from '@hubex-kit/simulator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readScenarioFile, readScenarioText } from './read-scenario-file.ts';
import { ScenarioFileError } from './scenario-file-error.ts';

const good = `# comments are welcome
name: my-morning
models: Two hours.
phases:
  - name: work
    at: 0s
    for: 2h
    flow: { rate: 40/h, mix: { edit: 8, create: 1 } }
  - at: 1h
    for: 10m
    faults:
      - on: delivery
        fault: { kind: duplicate, copies: 2 }
        probability: 0.1
`;

test('reads YAML and JSON', () => {
  const scenario = readScenarioText(good, 'my.yaml');
  expect(scenario).toMatchObject({ name: 'my-morning', phases: [{ for: '2h' }, { at: '1h' }] });
  expect(readScenarioText(JSON.stringify(scenario), 'my.json')).toEqual(scenario);
});

test.each(namedScenarios)('reads $name, written as YAML', (scenario) => {
  expect(readScenarioText(stringify(scenario), 'named.yaml')).toEqual(scenario);
});

test.each<[string, string, string]>([
  [
    'a misspelt field',
    good.replace('flow:', 'flw:'),
    'my.yaml:8:5 phases[0].flw: There is no flw here; did you mean flow?',
  ],
  [
    'a misspelt weight',
    good.replace('edit:', 'edt:'),
    'my.yaml:8:32 phases[0].flow.mix.edt: There is no edt here; did you mean edit?',
  ],
  ['a bad duration', good.replace('10m', 'ten'), 'my.yaml:10:5 phases[1].for: It must be a duration such as 90s'],
  [
    'a missing field',
    good.replace('name: my-morning', 'nam: x'),
    'my.yaml:2:1 nam: There is no nam here; did you mean name?',
  ],
  ['an unknown fault', good.replace('duplicate', 'duplicat'), 'my.yaml:13:18 phases[1].faults[0].fault.kind: '],
  ['broken YAML', good.replace('{ rate', '{{ rate'), 'my.yaml:9:'],
  ['a key twice', `${good}name: again\n`, 'my.yaml:15:1 Map keys must be unique'],
  ['an empty file', '', 'my.yaml:1:1 scenario: It must be an object with name, models, phases; it was null'],
])('names file, line and column of %s', (_, text, message) => {
  const read = (): unknown => readScenarioText(text, 'my.yaml');
  expect(read).toThrow(ScenarioFileError);
  expect(read).toThrow(message);
});

test('refuses aliases that multiply and files without end', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
  for (const [from, to] of ['ab', 'bc', 'cd', 'de']) bomb.push(`${to}: &${to} [${`*${from}, `.repeat(10)}]`);
  expect(() => readScenarioText(bomb.join('\n'), 'bomb.yaml')).toThrow(ScenarioFileError);
  expect(() => readScenarioText('#'.repeat(1_000_001), 'long.yaml')).toThrow(/more than 1000000 characters/);
});

test('reads a file, and says which one it cannot read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hubex-mock-'));
  const path = join(folder, 'my.yaml');
  await writeFile(path, good);
  expect((await readScenarioFile(path)).name).toBe('my-morning');
  await expect(readScenarioFile(join(folder, 'other.yaml'))).rejects.toThrow(
    /other\.yaml: The file cannot be read \(ENOENT\)/,
  );
  await rm(folder, { recursive: true });
});

test('the committed JSON Schema is the one the simulator makes', async () => {
  // To write it anew: npx vitest run apps/mock-server/src/scenario --update=true
  const schema = {
    $comment: 'Generated from the shape of scenarios in @hubex-kit/simulator. Do not edit.',
    ...scenarioJsonSchema(),
  };
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../generated/scenario.schema.json');
});

test('the JSON Schema takes every named scenario, and what it refuses the check refuses too', () => {
  const validate = new Ajv2020({ strictTypes: false, allowUnionTypes: true }).compile(scenarioJsonSchema());
  for (const scenario of namedScenarios) expect([scenario.name, validate(scenario)]).toEqual([scenario.name, true]);
  const value = fc.oneof(
    fc.constantFrom<unknown>('1h', '40/h', 'edit', 'x', '', 0, 1, 2.5, -1, null, [], {}, { edit: 1 }, 'drop', true),
    fc.record({ rate: fc.constantFrom('1/s', '1/week'), mix: fc.constantFrom<unknown>({ edit: 1 }, { edt: 1 }, {}) }),
    fc.array(
      fc.record({
        action: fc.constantFrom('edit', 'import', 'edt'),
        count: fc.constantFrom<unknown>(1, 0, 1.5, 'one'),
      }),
    ),
    fc.array(
      fc.record({
        on: fc.constantFrom('api', 'delivery', 'x'),
        fault: fc.constantFrom<unknown>('drop', 'duplicate', { kind: 'late', ms: 5 }, {}),
      }),
    ),
  );
  const phase = fc.record(
    { at: value, for: value, do: value, flow: value, faults: value, xtra: value },
    { requiredKeys: [] },
  );
  const scenario = fc.record({ name: fc.constantFrom('a', 'A b'), phases: fc.array(phase, { maxLength: 2 }) });
  fc.assert(
    fc.property(scenario, (each) => {
      const refused = ((): boolean => {
        try {
          readScenarioText(JSON.stringify(each), 'any.json');
          return false;
        } catch {
          return true;
        }
      })();
      if (!validate(each)) expect(refused).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
