import type { Phase, Scenario } from '../scenario.ts';

/** One working day of the season's start: a batch goes into service at nine, new units are installed until six. */
function openingDay(day: number): readonly Phase[] {
  return [
    {
      name: `day ${day + 1}: into service`,
      at: `${day * 24 + 9}h`,
      do: [
        { action: 'mass-edit', count: 40 },
        { action: 'mass-publish', count: 25, after: '10m' },
      ],
    },
    {
      name: `day ${day + 1}: installation`,
      at: `${day * 24 + 9.5}h`,
      for: '8.5h',
      flow: { rate: '25/h', choose: 'any', mix: { create: 30, publish: 25, edit: 45 } },
    },
  ];
}

/** The week in which cooling or heating is switched on. */
export const seasonStart: Scenario = {
  name: 'season-start',
  models:
    'The first week of a season, counted from midnight of its first day: every morning a batch is assigned and put into service, all day new units are installed and published; shops report what does not start.',
  phases: [
    ...[0, 1, 2, 3, 4].flatMap(openingDay),
    {
      name: 'what does not start',
      at: '0s',
      for: '5d',
      flow: { rate: '12/h', rhythm: 'shop', mix: { edit: 90, unpublish: 10 } },
    },
  ],
};
