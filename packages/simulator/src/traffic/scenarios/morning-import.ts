import type { Scenario } from '../scenario.ts';

/** The accountants' list of the day before. */
export const morningImport: Scenario = {
  name: 'morning-import',
  models:
    'Before work the list from 1C is uploaded: 200 rows, 80 of them about known assets. Then dispatchers publish what is new and correct what the list got wrong.',
  phases: [
    { name: 'the list', do: [{ action: 'import', count: 200, changed: 0.4 }] },
    {
      name: 'dispatchers go through it',
      do: [
        { action: 'publish', count: 60, after: '5m', over: '15m', choose: 'newest' },
        { action: 'edit', count: 15, over: '10m', choose: 'newest' },
        { action: 'delete', count: 3, after: '1m', over: '3m', choose: 'newest' },
      ],
    },
  ],
};
