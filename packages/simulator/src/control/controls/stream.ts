import type { Activity } from '../../world/activity.ts';
import type { ControlDefinition, StreamResult } from '../control-definition.ts';
import { recentActivity } from '../recent-activity.ts';

/** Where it begins. */
export const streamFields = {
  last: {
    kind: 'integer',
    least: 0,
    most: 200,
    default: 0,
    doc: 'things that happened before to begin with, the newest',
  },
} as const;

/** Tells what happens while it happens. */
export const stream: ControlDefinition<typeof streamFields, StreamResult<Activity>> = {
  method: 'GET',
  path: '/stream',
  summary: 'Tell what happens while it happens: requests, events, attempts, deliveries, resets.',
  returns: 'server-sent events; the data of each is JSON with a type',
  input: streamFields,
  examples: [{ last: 100 }],
  run: (world, { last }) => ({
    kind: 'stream',
    listen(listener) {
      for (const each of recentActivity(world, last)) listener(each);
      return world.activity.listen(listener);
    },
  }),
};
