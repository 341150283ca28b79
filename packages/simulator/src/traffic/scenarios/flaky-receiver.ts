import type { Scenario } from '../scenario.ts';

/** A receiver that drops every fifth call. */
export const flakyReceiver: Scenario = {
  name: 'flaky-receiver',
  models:
    'Two hours of work while every fifth call breaks off half-way, as with a receiver that is short of memory and restarts. Ten failures in a row are unlikely, so the webhook stays on and single events are lost.',
  phases: [
    { name: 'work', at: '0s', for: '2h', flow: { rate: '120/h', mix: { edit: 80, publish: 10, unpublish: 10 } } },
    {
      name: 'the receiver stumbles',
      at: '10m',
      for: '100m',
      faults: [{ on: 'delivery', fault: 'connection-reset', probability: 0.2 }],
    },
  ],
};
