import type { Scenario } from '../scenario.ts';

/** A day of dispatchers and engineers at work. */
export const steadyDay: Scenario = {
  name: 'steady-day',
  models:
    'A day of a Russian service company: changes come independently of each other, by weekday and hour in Moscow, most of them on a few assets that are always in need of something.',
  phases: [
    {
      name: 'the day',
      for: '24h',
      flow: {
        rate: '60/h',
        rhythm: 'office',
        mix: { edit: 70, create: 10, publish: 10, unpublish: 5, delete: 5 },
      },
    },
  ],
};
