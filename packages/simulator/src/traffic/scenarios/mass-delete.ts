import type { Scenario } from '../scenario.ts';

/** A customer leaves. */
export const massDelete: Scenario = {
  name: 'mass-delete',
  models:
    'A contract ends: equipment is first unpublished, so that nobody orders work on it, and deleted the next hour in three calls; work on everything else goes on.',
  phases: [
    { name: 'everyday work', at: '0s', for: '90m', flow: { rate: '30/h', mix: { edit: 90, create: 10 } } },
    { name: 'no more orders', at: '10m', do: [{ action: 'mass-unpublish', count: 90 }] },
    {
      name: 'deletion',
      at: '70m',
      do: [
        { action: 'mass-delete', count: 60 },
        { action: 'mass-delete', count: 20, after: '3m' },
        { action: 'mass-delete', count: 10, after: '3m' },
      ],
    },
  ],
};
