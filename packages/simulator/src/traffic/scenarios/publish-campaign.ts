import type { Scenario } from '../scenario.ts';

/** Equipment goes off the list and back on it, in waves. */
export const publishCampaign: Scenario = {
  name: 'publish-campaign',
  models:
    'Yearly inspection in three waves: 60 assets are closed for orders, inspected one by one, and opened again; the last wave also opens what was never published.',
  phases: [
    {
      name: 'first wave',
      do: [
        { action: 'mass-unpublish', count: 60 },
        { action: 'edit', count: 60, after: '5m', over: '1h' },
        { action: 'mass-publish', count: 60, after: '5m' },
      ],
    },
    {
      name: 'second wave',
      do: [
        { action: 'mass-unpublish', count: 60, after: '30m' },
        { action: 'edit', count: 60, after: '5m', over: '1h' },
        { action: 'mass-publish', count: 60, after: '5m' },
      ],
    },
    {
      name: 'third wave',
      do: [
        { action: 'mass-unpublish', count: 60, after: '30m' },
        { action: 'edit', count: 60, after: '5m', over: '1h' },
        { action: 'mass-publish', count: 120, after: '5m' },
      ],
    },
  ],
};
