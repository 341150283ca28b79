import type { Waiting } from '../control/waiting.ts';
import type { OutboxObserver } from '../outbox/outbox-parts.ts';
import type { ActivityLog } from './activity.ts';
import type { Quiet } from './quiet.ts';

/** Tells a tenant's log, those who wait, and those who want quiet what happens in its outbox. */
export function observerOf(to: {
  activity: ActivityLog;
  waiting: Waiting;
  quiet: Quiet;
  changed: () => void;
}): OutboxObserver {
  const { activity, waiting, quiet, changed } = to;
  return {
    announced(event) {
      activity.announced(event);
      changed();
    },
    queued: (record) => activity.queued(record),
    attempted(record, attempt) {
      activity.attempted(record, attempt);
      changed();
    },
    finished(record) {
      activity.finished(record);
      waiting.finished(record);
      changed();
    },
    quiet: () => quiet.reached(),
  };
}
