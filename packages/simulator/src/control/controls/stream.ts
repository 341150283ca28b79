import type { Activity } from '../../world/activity.ts';
import type { ControlDefinition, StreamResult } from '../control-definition.ts';

/** Tells what happens while it happens. */
export const stream: ControlDefinition<Record<never, never>, StreamResult<Activity>> = {
  method: 'GET',
  path: '/stream',
  summary: 'Tell what happens while it happens: requests, events, attempts, deliveries, resets.',
  returns: 'server-sent events; the data of each is JSON with a type',
  input: {},
  examples: [{}],
  run: ({ activity }) => ({ kind: 'stream', listen: (listener) => activity.listen(listener) }),
};
