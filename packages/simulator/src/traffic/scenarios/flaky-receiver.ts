import type { Scenario } from '../scenario.ts';

/** A receiver that answers every fifth call with an error. */
export const flakyReceiver: Scenario = {
  name: 'flaky-receiver',
  models:
    'Two hours of even work while every fifth call meets a 503, as from a receiver that is short of memory. Ten failures in a row are unlikely, so the webhook stays on and single events are lost.',
  phases: [
    { name: 'work', at: '0s', for: '2h', flow: { rate: '120/h', mix: { edit: 80, publish: 10, unpublish: 10 } } },
    { name: 'the receiver stumbles', at: '10m', for: '100m', receiver: { answers: 503, share: 0.2 } },
  ],
};
