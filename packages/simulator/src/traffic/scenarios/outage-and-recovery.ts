import type { Scenario } from '../scenario.ts';

/** A receiver that is down for half an hour. */
export const outageAndRecovery: Scenario = {
  name: 'outage-and-recovery',
  models:
    'The receiver is down for 30 minutes of a working day: ten failures switch the webhook off, what happens then is lost for good (B117, B119), and an administrator switches it on again ten minutes after the receiver is back.',
  phases: [
    {
      name: 'work',
      at: '0s',
      for: '2h',
      flow: { rate: '90/h', mix: { edit: 80, create: 8, publish: 6, unpublish: 6 } },
    },
    {
      name: 'the receiver is down',
      at: '30m',
      for: '30m',
      faults: [{ on: 'delivery', fault: { kind: 'connection-reset', afterBytes: 0 } }],
    },
    { name: 'switched on again', at: '70m', do: [{ action: 'activate-webhooks' }] },
  ],
};
