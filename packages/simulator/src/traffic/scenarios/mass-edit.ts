import type { Scenario } from '../scenario.ts';

/** One call, many events. */
export const massEdit: Scenario = {
  name: 'mass-edit',
  models:
    'An engineer leaves: his assets get another person in charge in three mass edits, 41 for each asset at one instant; a few are then corrected by hand.',
  phases: [
    {
      do: [
        { action: 'mass-edit', count: 150 },
        { action: 'mass-edit', count: 80, after: '2m' },
        { action: 'mass-edit', count: 40, after: '1m' },
        { action: 'edit', count: 10, after: '1m', over: '10m' },
      ],
    },
  ],
};
