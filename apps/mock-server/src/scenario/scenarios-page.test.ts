import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createManualClock, createSimulator, namedScenarios, type RunState, type Scenario } from '@hubex-kit/simulator';
import { expect, test } from 'vitest';
import { readScenarioText } from './read-scenario-file.ts';

const page = (language: string): string =>
  readFileSync(join(import.meta.dirname, '../../../../docs', language, 'mock/scenarios.md'), 'utf8');

const midnight = Date.UTC(2026, 2, 1, 21); // of a Monday in Moscow

function play(scenario: Scenario): RunState {
  const clock = createManualClock(midnight);
  const simulator = createSimulator({ clock });
  simulator.control.scenario({ scenario });
  clock.advance(7 * 86_400_000);
  const state = simulator.control.stopScenario();
  if (state.state === 'none') throw new Error('it was started just above');
  return state;
}

function eventsOf({ events }: RunState): number {
  return Object.values(events).reduce((sum, count) => sum + count, 0);
}

test.each(['en', 'ru'])(
  'the table of the page (%s) says how many events there are and how long they take',
  (language) => {
    const rows = [...page(language).matchAll(/^\| `([a-z-]+)` \| .* \| (\d+) \| (\d+)(m|h) \|$/gm)];
    expect(rows.map(([, name]) => name)).toEqual(namedScenarios.map(({ name }) => name));
    for (const [index, [, , events, amount, unit]] of rows.entries()) {
      const scenario = namedScenarios[index];
      const state = scenario && play(scenario);
      if (!state) continue;
      expect(Math.abs(eventsOf(state) / Number(events) - 1), scenario.name).toBeLessThan(0.1);
      const minutes = (Date.parse(state.ends) - Date.parse(state.started)) / 60_000;
      expect([scenario.name, minutes]).toEqual([scenario.name, Number(amount) * (unit === 'h' ? 60 : 1)]);
    }
  },
);

const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(page('en')) ?? [];

test('the example of the page runs to its end', () => {
  const state = play(readScenarioText(example, 'opening.yaml'));
  expect(state).toMatchObject({ scenario: 'opening-of-a-shop', state: 'finished', refused: 0 });
  expect(state.events).toMatchObject({ 40: 40, 43: expect.any(Number) });
  expect(eventsOf(state)).toBeGreaterThan(200);
});

test('the mistake of the page is told as the page says', () => {
  const [, message = ''] = /```\n(opening\.yaml:[^\n]*)\n```/.exec(page('en')) ?? [];
  expect(message).not.toBe('');
  expect(() => readScenarioText(example.replace('edit: 80', 'edt: 80'), 'opening.yaml')).toThrow(message);
});
